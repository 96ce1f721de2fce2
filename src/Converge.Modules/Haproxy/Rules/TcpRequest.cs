using System;

namespace Converge.Modules;

/// <summary>Rules for connections, and for what can be read before there is a request (<c>tcp-request</c>; HAProxy configuration manual, section 4.2).</summary>
public static class TcpRequest
{
    /// <summary>When the connection is accepted, before anything is read: <c>OnConnection("reject")</c>.</summary>
    public static HaproxyRule OnConnection(string action) => new("tcp-request", Content.Text($"connection {action}"));

    /// <summary>When the session is complete (TLS, PROXY protocol).</summary>
    public static HaproxyRule OnSession(string action) => new("tcp-request", Content.Text($"session {action}"));

    /// <summary>On what the client has sent so far.</summary>
    public static HaproxyRule OnContent(string action) => new("tcp-request", Content.Text($"content {action}"));

    /// <summary>How long to wait for data that content rules look at.</summary>
    public static HaproxyRule InspectDelay(TimeSpan delay) => new("tcp-request", Content.Text($"inspect-delay {HaproxyText.Time(delay)}"));

    /// <summary>On what the server has sent so far (<c>tcp-response content</c>).</summary>
    public static HaproxyRule OnResponse(string action) => new("tcp-response", Content.Text($"content {action}"));
}
