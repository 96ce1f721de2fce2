using System;
using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>
/// A server of a backend. An endpoint of a host of the fleet carries meaning: the server comes after what listens there, and that host's firewall
/// opens for the load balancer.
/// </summary>
/// <example>
/// <code>
/// var pages = new Backend("pages")
/// {
///     DefaultServer = new() { Inter = TimeSpan.FromSeconds(2), Rise = 2, Fall = 3 },
///     Servers = { web1.Port(80), new("spare", "192.0.2.99:80") { Backup = true } },
/// };
/// </code>
/// </example>
public sealed record BackendServer
{
    /// <summary>For <see cref="Backend.DefaultServer"/>: options without a server.</summary>
    public BackendServer()
    {
    }

    /// <summary>A port of a host of the fleet.</summary>
    public BackendServer(string name, Endpoint endpoint) => (Name, Address, Endpoint) = (name, endpoint.Address, endpoint);

    /// <summary>A port of a shared address.</summary>
    public BackendServer(string name, SharedEndpoint shared) => (Name, Address, Shared) = (name, shared.Address, shared);

    /// <summary>A server that this script does not know: <c>192.0.2.1:80</c>, <c>www.example.com:443</c>, <c>unix@/run/x.sock</c>.</summary>
    public BackendServer(string name, string address) => (Name, Address) = (name, address);

    /// <summary>In statistics and in cookies. Unique in its backend; the host's name where only an endpoint is given.</summary>
    public string? Name { get; }

    /// <summary>As haproxy.cfg has it.</summary>
    public string? Address { get; }

    /// <summary>How many servers of this kind are made from DNS answers (<c>server-template</c>). Null: one plain server.</summary>
    public int? Slots { get; init; }

    /// <summary>Health checks. Null: yes where the backend has a <see cref="Backend.Check"/>, else no.</summary>
    public bool? Check { get; init; }

    /// <summary>Time between two checks. HAProxy's default: 2 s.</summary>
    public TimeSpan? Inter { get; init; }

    /// <summary>Time between two checks while the state is changing. Default: <see cref="Inter"/>.</summary>
    public TimeSpan? FastInter { get; init; }

    /// <summary>Time between two checks while the server is down. Default: <see cref="Inter"/>.</summary>
    public TimeSpan? DownInter { get; init; }

    /// <summary>Good checks until the server is up. HAProxy's default: 2.</summary>
    public int? Rise { get; init; }

    /// <summary>Bad checks until the server is down. HAProxy's default: 3.</summary>
    public int? Fall { get; init; }

    /// <summary>Checks go to this port. Default: the server's own.</summary>
    public int? CheckPort { get; init; }

    /// <summary>Checks go to this address. Default: the server's own.</summary>
    public string? CheckAddress { get; init; }

    /// <summary>Checks use TLS although the traffic does not; without <see cref="Tls"/> the certificate is not looked at.</summary>
    public bool CheckTls { get; init; }

    /// <summary>Name that checks ask for in TLS.</summary>
    public string? CheckSni { get; init; }

    /// <summary>Checks begin with a PROXY protocol header.</summary>
    public bool CheckSendProxy { get; init; }

    /// <summary>An agent on this port of the server reports weight and state.</summary>
    public int? AgentPort { get; init; }

    /// <summary>Time between two questions to the agent. HAProxy's default: 2 s.</summary>
    public TimeSpan? AgentInter { get; init; }

    /// <summary>Share of the traffic, 0 to 256. HAProxy's default: 1.</summary>
    public int? Weight { get; init; }

    /// <summary>Takes traffic only when all others are down.</summary>
    public bool Backup { get; init; }

    /// <summary>Out of service until someone enables it.</summary>
    public bool Disabled { get; init; }

    /// <summary>Value in the persistence cookie. Default: the name, where the backend has a <see cref="Backend.Cookie"/> that inserts.</summary>
    public string? Cookie { get; init; }

    /// <summary>Connections at a time; more wait in the queue.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Limit at low load, below <see cref="MaxConnections"/>.</summary>
    public int? MinConnections { get; init; }

    /// <summary>Longest queue.</summary>
    public int? MaxQueue { get; init; }

    /// <summary>Time in which a server that comes back gets its full share.</summary>
    public TimeSpan? SlowStart { get; init; }

    /// <summary>Also judged by its traffic: <c>layer4</c> or <c>layer7</c>.</summary>
    public string? Observe { get; init; }

    /// <summary>Errors in a row until <see cref="OnError"/>. HAProxy's default: 10.</summary>
    public int? ErrorLimit { get; init; }

    /// <summary><c>fastinter</c>, <c>fail-check</c>, <c>sudden-death</c> or <c>mark-down</c>.</summary>
    public string? OnError { get; init; }

    /// <summary>When the server goes down its sessions are closed.</summary>
    public bool ShutdownSessionsWhenDown { get; init; }

    /// <summary>When the server comes up the sessions of backup servers are closed.</summary>
    public bool ShutdownBackupSessionsWhenUp { get; init; }

    /// <summary>Connections begin with a PROXY protocol header.</summary>
    public ProxyHeader? SendProxy { get; init; }

    /// <summary>Connections use TLS. Null: plain.</summary>
    public ServerTls? Tls { get; init; }

    /// <summary>Protocol on the connection, such as <c>h2</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>The <see cref="Resolvers"/> section that looks up the address while running.</summary>
    public string? Resolvers { get; init; }

    /// <summary><c>ipv4</c> or <c>ipv6</c>.</summary>
    public string? ResolvePrefer { get; init; }

    /// <summary>How the address is found at start: <c>last,libc,none</c>.</summary>
    public string? InitialAddress { get; init; }

    /// <summary>Takes the state of another server: <c>backend/server</c>.</summary>
    public string? Track { get; init; }

    /// <summary>Address from which connections are made.</summary>
    public string? Source { get; init; }

    /// <summary>Idle connections that are kept.</summary>
    public int? PoolMaxConnections { get; init; }

    /// <summary>Time after which an idle connection may be closed.</summary>
    public TimeSpan? PoolPurgeDelay { get; init; }

    /// <summary>Further options, as the manual (section 5.2) writes them.</summary>
    public string? Extra { get; init; }

    internal Endpoint? Endpoint { get; }

    internal SharedEndpoint? Shared { get; }

    /// <summary>A port of a host, under the host's name.</summary>
    public static implicit operator BackendServer(Endpoint endpoint) => new(endpoint.Host.Name, endpoint);

    /// <summary>The endpoints of the fleet that this server uses, its check and agent ports included.</summary>
    internal IEnumerable<Endpoint> Endpoints(Fleet fleet)
    {
        foreach (var endpoint in Endpoint is null ? Shared?.EndpointsIn(fleet) ?? [] : [Endpoint])
        {
            yield return endpoint;
            if (CheckAddress is null && CheckPort is { } check)
            {
                yield return endpoint.Host.Port(check);
            }

            if (AgentPort is { } agent)
            {
                yield return endpoint.Host.Port(agent);
            }
        }
    }
}

/// <summary>Version of the PROXY protocol.</summary>
public enum ProxyHeader
{
    /// <summary>Text.</summary>
    V1,

    /// <summary>Binary.</summary>
    V2,
}

/// <summary>How HAProxy talks TLS to a server (HAProxy configuration manual, section 5.2).</summary>
public sealed record ServerTls
{
    /// <summary>The server's certificate is checked. Default: yes.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>Certificates of those who may sign the server's. Default: those of the package ca-certificates.</summary>
    // Not "@system-ca": HAProxy 2.6 looks for a file of that name below ca-base.
    public string Authority { get; init; } = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Name that is asked for: an expression, such as <c>str(www.example.com)</c> or <c>req.hdr(host)</c>.</summary>
    public string? Sni { get; init; }

    /// <summary>Name that the certificate must have.</summary>
    public string? VerifyHost { get; init; }

    /// <summary>Offered protocols, best first.</summary>
    public IList<string> Alpn { get; init; } = [];

    /// <summary>Certificate and key that we show.</summary>
    public string? Certificate { get; init; }
}
