using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>Frontend and backend in one section: for TCP services and statistics.</summary>
/// <param name="Name">One word, unique among all sections that accept connections or have servers.</param>
/// <example>
/// <code>
/// host.Add(new Haproxy
/// {
///     Listens =
///     {
///         new("mysql") { Bind = { 3306 }, Mode = ProxyMode.Tcp, Check = HealthCheck.MySql(), Servers = { new("db1", "192.0.2.41:3306") } },
///     },
/// });
/// </code>
/// </example>
public sealed record Listen(string Name) : IAcceptingSection, IServingSection
{
    /// <inheritdoc cref="Frontend.Bind"/>
    public IList<Bind> Bind { get; init; } = [];

    /// <inheritdoc cref="Frontend.Clients"/>
    public IList<Source> Clients { get; init; } = [];

    /// <inheritdoc cref="Frontend.Mode"/>
    public ProxyMode? Mode { get; init; }

    /// <inheritdoc cref="Frontend.From"/>
    public HaproxyDefaults? From { get; init; }

    /// <inheritdoc cref="Frontend.Rules"/>
    public IList<HaproxyRule> Rules { get; init; } = [];

    /// <summary>Takes what no rule sent elsewhere. Null: the section's own servers.</summary>
    public BackendReference? DefaultBackend { get; init; }

    /// <inheritdoc cref="Backend.Balance"/>
    public Balance? Balance { get; init; }

    /// <inheritdoc cref="Backend.HashType"/>
    public string? HashType { get; init; }

    /// <inheritdoc cref="Backend.Check"/>
    public HealthCheck? Check { get; init; }

    /// <inheritdoc cref="Backend.Cookie"/>
    public CookiePersistence? Cookie { get; init; }

    /// <inheritdoc cref="Backend.DefaultServer"/>
    public BackendServer? DefaultServer { get; init; }

    /// <inheritdoc cref="Backend.Servers"/>
    public IList<BackendServer> Servers { get; init; } = [];

    /// <inheritdoc cref="Frontend.MaxConnections"/>
    public int? MaxConnections { get; init; }

    /// <summary>Timeouts of both sides.</summary>
    public HaproxyTimeouts? Timeouts { get; init; }

    /// <inheritdoc cref="Backend.Retries"/>
    public int? Retries { get; init; }

    /// <inheritdoc cref="Backend.RetryOn"/>
    public string? RetryOn { get; init; }

    /// <inheritdoc cref="Backend.HttpReuse"/>
    public string? HttpReuse { get; init; }

    /// <inheritdoc cref="Backend.FullConnections"/>
    public int? FullConnections { get; init; }

    /// <inheritdoc cref="Frontend.ForwardFor"/>
    public bool? ForwardFor { get; init; }

    /// <inheritdoc cref="Frontend.Options"/>
    public IList<string> Options { get; init; } = [];

    /// <inheritdoc cref="Frontend.Log"/>
    public IList<LogTarget> Log { get; init; } = [];

    /// <inheritdoc cref="Frontend.LogFormat"/>
    public string? LogFormat { get; init; }

    /// <inheritdoc cref="Frontend.Stats"/>
    public StatsPage? Stats { get; init; }

    /// <inheritdoc cref="Backend.StickTable"/>
    public StickTable? StickTable { get; init; }

    /// <inheritdoc cref="Frontend.Compression"/>
    public Compression? Compression { get; init; }

    /// <inheritdoc cref="Frontend.ErrorFiles"/>
    public IDictionary<int, string> ErrorFiles { get; init; } = new SortedDictionary<int, string>();

    /// <inheritdoc cref="Frontend.Lines"/>
    public IList<RawLine> Lines { get; init; } = [];
}
