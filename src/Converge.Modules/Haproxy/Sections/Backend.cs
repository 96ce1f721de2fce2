using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>Servers, and how requests are spread over them.</summary>
/// <param name="Name">One word, unique among backends and listen sections.</param>
/// <example>
/// <code>
/// var pages = new Backend("pages")
/// {
///     Balance = Balance.LeastConnections,
///     Check = HealthCheck.Http("/health"),
///     Servers = { web1.Port(80), web2.Port(80) },
/// };
/// </code>
/// </example>
public sealed record Backend(string Name) : IServingSection
{
    /// <summary>Null: that of the defaults.</summary>
    public ProxyMode? Mode { get; init; }

    /// <summary>Named defaults. Null: <see cref="Haproxy.Defaults"/>.</summary>
    public HaproxyDefaults? From { get; init; }

    /// <summary>Null: in turns.</summary>
    public Balance? Balance { get; init; }

    /// <summary>What a hash does when servers come and go, such as <c>consistent</c>.</summary>
    public string? HashType { get; init; }

    /// <summary>What servers are asked to see whether they are well; with it every server is checked. Null: only servers that say so are checked, by connecting.</summary>
    public HealthCheck? Check { get; init; }

    /// <summary>Keeps clients with their server. Null: any server may get the next request.</summary>
    public CookiePersistence? Cookie { get; init; }

    /// <summary>Options of every server that does not say otherwise.</summary>
    public BackendServer? DefaultServer { get; init; }

    /// <summary>An <see cref="Endpoint"/> of a host is a server by itself; <c>[.. hosts.Port(80)]</c> takes a group.</summary>
    public IList<BackendServer> Servers { get; init; } = [];

    /// <summary>ACLs, request and response rules, choices of a server, in the order in which HAProxy shall look at them.</summary>
    public IList<HaproxyRule> Rules { get; init; } = [];

    /// <summary>Server-side timeouts.</summary>
    public HaproxyTimeouts? Timeouts { get; init; }

    /// <summary>Attempts to reach a server. Null: that of the defaults.</summary>
    public int? Retries { get; init; }

    /// <summary>When a request is sent again, such as <c>conn-failure empty-response</c>.</summary>
    public string? RetryOn { get; init; }

    /// <summary>Sharing of server connections: <c>never</c>, <c>safe</c>, <c>aggressive</c>, <c>always</c>.</summary>
    public string? HttpReuse { get; init; }

    /// <summary>Load at which servers get all of their <see cref="BackendServer.MaxConnections"/>.</summary>
    public int? FullConnections { get; init; }

    /// <summary>As the manual writes them behind <c>option</c>; <c>no NAME</c> switches one off.</summary>
    public IList<string> Options { get; init; } = [];

    /// <summary>Empty: what the defaults say.</summary>
    public IList<LogTarget> Log { get; init; } = [];

    /// <summary>Remembers clients, for <see cref="Stick"/> or for rules of others.</summary>
    public StickTable? StickTable { get; init; }

    /// <summary>Null: answers pass as they are.</summary>
    public Compression? Compression { get; init; }

    /// <summary>Files of the host that replace HAProxy's own answers, by status.</summary>
    public IDictionary<int, string> ErrorFiles { get; init; } = new SortedDictionary<int, string>();

    /// <summary>Further lines.</summary>
    public IList<RawLine> Lines { get; init; } = [];
}
