using System.Collections.Generic;
using System.Linq;
using static Converge.Modules.HaproxyText;

namespace Converge.Modules;

/// <summary>What a backend asks its servers to see whether they are well. Without one a check is a TCP connection.</summary>
/// <example>
/// <code>
/// var pages = new Backend("pages")
/// {
///     Check = HealthCheck.Http("/health", host: "www.example.com", expect: "status 200"),
///     Servers = { new("web1", "192.0.2.21:80") },
/// };
/// </code>
/// </example>
public sealed record HealthCheck
{
    private HealthCheck(bool needsHttp, params IReadOnlyList<string> lines) => (NeedsHttp, Lines) = (needsHttp, lines);

    internal bool NeedsHttp { get; }

    internal IReadOnlyList<string> Lines { get; }

    /// <summary>An HTTP request.</summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="method">How.</param>
    /// <param name="host">The Host header; with it the request is HTTP/1.1. Null: HTTP/1.0 without.</param>
    /// <param name="expect">What must come back, as the manual writes it behind <c>http-check expect</c>. Null: any status from 200 to 399.</param>
    public static HealthCheck Http(string path, string method = "GET", string? host = null, string? expect = null)
    {
        var send = $"http-check send meth {Word(method)} uri {Word(path)}{(host is null ? "" : $" ver HTTP/1.1 hdr Host {Word(host)}")}";
        return new HealthCheck(true, ["option httpchk", send, .. expect is null ? [] : new[] { $"http-check expect {expect}" }]);
    }

    /// <summary>A conversation over HTTP: each step as the manual writes it behind <c>http-check</c>.</summary>
    public static HealthCheck HttpSteps(params IEnumerable<string> steps) => new(true, ["option httpchk", .. steps.Select(s => $"http-check {s}")]);

    /// <summary>A conversation over TCP: each step as the manual writes it behind <c>tcp-check</c>.</summary>
    public static HealthCheck TcpSteps(params IEnumerable<string> steps) => new(false, ["option tcp-check", .. steps.Select(s => $"tcp-check {s}")]);

    /// <summary>MySQL's greeting, and with a user (who needs no password and no rights) its login.</summary>
    public static HealthCheck MySql(string? user = null) => new(false, user is null ? "option mysql-check" : $"option mysql-check user {Word(user)}");

    /// <summary>PostgreSQL's greeting.</summary>
    public static HealthCheck PostgreSql(string user) => new(false, $"option pgsql-check user {Word(user)}");

    /// <summary>Redis answers PING.</summary>
    public static HealthCheck Redis() => new(false, "option redis-check");

    /// <summary>The server answers a TLS greeting.</summary>
    public static HealthCheck Tls() => new(false, "option ssl-hello-chk");
}
