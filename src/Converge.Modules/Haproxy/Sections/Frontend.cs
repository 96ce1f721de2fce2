using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>Accepts connections and says where they go.</summary>
/// <param name="Name">One word, unique among frontends and listen sections.</param>
/// <example>
/// <code>
/// var pages = new Backend("pages") { Servers = { web1.Port(80) } };
/// host.Add(new Haproxy
/// {
///     Frontends = { new("www") { Bind = { 80 }, Clients = { Source.Anywhere }, DefaultBackend = pages } },
/// });
/// </code>
/// </example>
public sealed record Frontend(string Name) : IAcceptingSection
{
    /// <summary>Where it accepts connections.</summary>
    public IList<Bind> Bind { get; init; } = [];

    /// <summary>Who may connect, as far as this script's firewalls are concerned. Default: hosts of the fleet that say that they do.</summary>
    public IList<Source> Clients { get; init; } = [];

    /// <summary>Null: that of the defaults.</summary>
    public ProxyMode? Mode { get; init; }

    /// <summary>Named defaults. Null: <see cref="Haproxy.Defaults"/>.</summary>
    public HaproxyDefaults? From { get; init; }

    /// <summary>ACLs, request and response rules, choices of a backend, in the order in which HAProxy shall look at them.</summary>
    public IList<HaproxyRule> Rules { get; init; } = [];

    /// <summary>Takes what no rule sent elsewhere.</summary>
    public BackendReference? DefaultBackend { get; init; }

    /// <summary>Connections at a time. Null: that of the defaults.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Client-side timeouts.</summary>
    public HaproxyTimeouts? Timeouts { get; init; }

    /// <summary>Adds the client's address as X-Forwarded-For. Null: what the defaults say, in mode http.</summary>
    public bool? ForwardFor { get; init; }

    /// <summary>As the manual writes them behind <c>option</c>; <c>no NAME</c> switches one off.</summary>
    public IList<string> Options { get; init; } = [];

    /// <summary>Empty: what the defaults say.</summary>
    public IList<LogTarget> Log { get; init; } = [];

    /// <summary>Null: what the defaults say.</summary>
    public string? LogFormat { get; init; }

    /// <summary>Statistics page. Null: none.</summary>
    public StatsPage? Stats { get; init; }

    /// <summary>Remembers clients for its rules.</summary>
    public StickTable? StickTable { get; init; }

    /// <summary>Null: answers pass as they are.</summary>
    public Compression? Compression { get; init; }

    /// <summary>Files of the host that replace HAProxy's own answers, by status.</summary>
    public IDictionary<int, string> ErrorFiles { get; init; } = new SortedDictionary<int, string>();

    /// <summary>Further lines.</summary>
    public IList<RawLine> Lines { get; init; } = [];
}
