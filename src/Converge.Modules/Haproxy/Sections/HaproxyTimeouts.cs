using System;

namespace Converge.Modules;

/// <summary>Timeouts of a section; null: what the defaults say.</summary>
public sealed record HaproxyTimeouts
{
    /// <summary>Until a server accepts the connection.</summary>
    public TimeSpan? Connect { get; init; }

    /// <summary>A client that says nothing.</summary>
    public TimeSpan? Client { get; init; }

    /// <summary>A server that says nothing.</summary>
    public TimeSpan? Server { get; init; }

    /// <summary>Until a request's headers are complete.</summary>
    public TimeSpan? HttpRequest { get; init; }

    /// <summary>Between two requests of one connection.</summary>
    public TimeSpan? HttpKeepAlive { get; init; }

    /// <summary>In the queue for a server.</summary>
    public TimeSpan? Queue { get; init; }

    /// <summary>Both sides of a tunnel (WebSocket) that say nothing.</summary>
    public TimeSpan? Tunnel { get; init; }

    /// <summary>For the answer to a health check, once connected.</summary>
    public TimeSpan? Check { get; init; }

    /// <summary>A client that has closed its side.</summary>
    public TimeSpan? ClientFin { get; init; }

    /// <summary>A server that has closed its side.</summary>
    public TimeSpan? ServerFin { get; init; }

    /// <summary>How long a tarpit holds.</summary>
    public TimeSpan? Tarpit { get; init; }

    internal void WriteTo(SectionLines section)
    {
        section.AddIf("timeout connect", Connect);
        section.AddIf("timeout client", Client);
        section.AddIf("timeout server", Server);
        section.AddIf("timeout http-request", HttpRequest);
        section.AddIf("timeout http-keep-alive", HttpKeepAlive);
        section.AddIf("timeout queue", Queue);
        section.AddIf("timeout tunnel", Tunnel);
        section.AddIf("timeout check", Check);
        section.AddIf("timeout client-fin", ClientFin);
        section.AddIf("timeout server-fin", ServerFin);
        section.AddIf("timeout tarpit", Tarpit);
    }
}
