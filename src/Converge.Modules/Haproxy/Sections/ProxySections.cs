using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>What frontend, backend and listen sections have in common.</summary>
internal interface IProxySection
{
    string Name { get; }

    ProxyMode? Mode { get; }

    HaproxyDefaults? From { get; }

    IList<HaproxyRule> Rules { get; }

    HaproxyTimeouts? Timeouts { get; }

    IList<string> Options { get; }

    IList<LogTarget> Log { get; }

    StickTable? StickTable { get; }

    Compression? Compression { get; }

    IDictionary<int, string> ErrorFiles { get; }

    IList<RawLine> Lines { get; }
}

/// <summary>A section that accepts connections: frontend, listen.</summary>
internal interface IAcceptingSection : IProxySection
{
    IList<Bind> Bind { get; }

    IList<Source> Clients { get; }

    int? MaxConnections { get; }

    string? LogFormat { get; }

    bool? ForwardFor { get; }

    StatsPage? Stats { get; }

    BackendReference? DefaultBackend { get; }
}

/// <summary>A section that has servers: backend, listen.</summary>
internal interface IServingSection : IProxySection
{
    Balance? Balance { get; }

    string? HashType { get; }

    HealthCheck? Check { get; }

    CookiePersistence? Cookie { get; }

    BackendServer? DefaultServer { get; }

    IList<BackendServer> Servers { get; }

    int? Retries { get; }

    string? RetryOn { get; }

    string? HttpReuse { get; }

    int? FullConnections { get; }
}
