using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>
/// HAProxy with exactly this configuration: package, configuration file and service. The file is checked by HAProxy itself before it replaces the
/// old one, and a change of it is a reload, never a restart.
/// </summary>
/// <remarks>
/// On a group each member gets the same configuration, apart from what is its own (<see cref="Bind.Own"/>, an endpoint of one host). Order
/// within a section is that of the HAProxy manual, except for <c>Rules</c>, which keep the order of the script. Works with HAProxy 2.6 and later.
/// </remarks>
/// <example>
/// <code>
/// var pages = new Backend("pages")
/// {
///     Check = HealthCheck.Http("/health"),
///     Servers = { web1.Port(80) },
/// };
/// hosts.Add(new Haproxy
/// {
///     Frontends =
///     {
///         new("www")
///         {
///             Bind = { 80 },
///             Clients = { Source.Anywhere },
///             Rules = { HttpRequest.SetHeader("X-Forwarded-Proto", "http") },
///             DefaultBackend = pages,
///         },
///     },
///     Backends = { pages },
/// });
/// </code>
/// </example>
public sealed record Haproxy : Composite
{
    internal const string ConfigurationPath = "/etc/haproxy/haproxy.cfg";

    /// <summary>Version of the package; see <see cref="Package.Version"/>. Null: any.</summary>
    public string? Version { get; init; }

    /// <summary>The process. Default: as Debian's package has it.</summary>
    public HaproxyGlobal Global { get; init; } = new();

    /// <summary>What holds for every section that does not say otherwise.</summary>
    public HaproxyDefaults Defaults { get; init; } = new();

    /// <summary>What accepts connections.</summary>
    public IList<Frontend> Frontends { get; init; } = [];

    /// <summary>Where requests go. Backends that a frontend refers to as objects need not be listed.</summary>
    public IList<Backend> Backends { get; init; } = [];

    /// <summary>Frontend and backend in one.</summary>
    public IList<Listen> Listens { get; init; } = [];

    /// <summary>Users that conditions ask for.</summary>
    public IList<Userlist> Userlists { get; init; } = [];

    /// <summary>The hosts of the group share their stick tables.</summary>
    public IList<PeerGroup> Peers { get; init; } = [];

    /// <summary>Name servers that are asked while HAProxy runs.</summary>
    public IList<Resolvers> Resolvers { get; init; } = [];

    /// <summary>Sections for which there is no type.</summary>
    public IList<RawSection> Sections { get; init; } = [];

    /// <inheritdoc/>
    public override string Kind => "haproxy";

    /// <inheritdoc/>
    public override string Name => "haproxy";

    internal IEnumerable<IAcceptingSection> Accepting => [.. Frontends, .. Listens];

    internal IEnumerable<IServingSection> Serving => [.. AllBackends, .. Listens];

    internal IEnumerable<IProxySection> Proxies => [.. Frontends, .. Listens, .. AllBackends];

    /// <summary>Those listed, then those that others refer to.</summary>
    internal IReadOnlyList<Backend> AllBackends =>
        [.. Backends.Concat(Accepting.SelectMany(HaproxyChecks.Choices).Select(c => c.Backend).OfType<Backend>()).Distinct(ReferenceEqualityComparer.Instance).Cast<Backend>()];

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes() => HaproxyChecks.Of(this);

    /// <inheritdoc/>
    public override IEnumerable<Connection> Connections(Host host) =>
        from section in Accepting
        from bind in section.Bind
        where bind.On(host) is { Port: not null }
        from client in section.Clients
        let address = bind.On(host)!
        select new Connection(client, host.Port(address.Port!.Value, address.Protocol));

    // Debian's package, bookworm to sid.
    private static readonly Brought[] _brought =
    [
        new BroughtUnit("haproxy.service"),
        new BroughtPath("/etc/haproxy") { IsFolder = true },
        new BroughtPath(ConfigurationPath),
        new BroughtAccount(Provision.User("haproxy")),
        new BroughtAccount(Provision.Group("haproxy")),
    ];

    /// <inheritdoc/>
    public override void Expand(Expansion expansion)
    {
        if (Mistakes().Any())
        {
            return;
        }

        foreach (var mistake in HaproxyFleetChecks.Of(this, expansion))
        {
            expansion.Report($"{this}: {mistake}");
        }

        expansion.Add(new Package("haproxy") { Version = Version, Brings = _brought });
        var sysctls = NonlocalBinds().Select(key => expansion.Add(new Sysctl(key) { Value = "1" })).ToList();
        foreach (var host in expansion.Hosts)
        {
            AddTo(host, expansion, sysctls);
        }

        if (Peers.Count > 0)
        {
            expansion.Add(new PeerTraffic(expansion.Hosts, Peers));
        }
    }

    private void AddTo(Host host, Expansion expansion, IReadOnlyList<Resource> sysctls)
    {
        var content = HaproxyConfiguration.Of(this, host, expansion.Hosts);
        var read = FilesRead(expansion, host, content.ToString());
        var file = expansion.Add(host, new File(ConfigurationPath)
        {
            Content = content,
            Owner = "root",
            Group = "root",
            Mode = Mode.Octal(content.HasSecret ? "0600" : "0644"),
            Validation = new Validation("haproxy", ["-c", "-f", Validation.NewFile]),
            After = read,
        });
        expansion.Add(host, new Service("haproxy")
        {
            Running = true,
            Enabled = true,
            ReloadOn = [file, .. read],
            Listens = [.. Ports(host)],
            ConnectsTo = [.. Serving.SelectMany(b => b.Servers).SelectMany(s => s.Endpoints(expansion.Fleet)).Concat(Resolvers.SelectMany(r => r.Endpoints)).Distinct()],
            After = sysctls,
        });
    }

    private IEnumerable<Endpoint> Ports(Host host) => Accepting
        .SelectMany(s => s.Bind)
        .Select(b => b.On(host))
        .Where(a => a?.Port is not null)
        .Select(a => host.Port(a!.Port!.Value, a.Protocol))
        .Concat(Peers.Select(p => host.Port(p.Port)))
        .Distinct();

    // Each host must be able to bind the shared address before it holds it: otherwise HAProxy would not even start on the one that stands by.
    private IEnumerable<string> NonlocalBinds() => Accepting
        .SelectMany(s => s.Bind)
        .Select(b => b.Shared)
        .OfType<SharedEndpoint>()
        .Select(s => s.On.Address.Contains(':') ? "net.ipv6.ip_nonlocal_bind" : "net.ipv4.ip_nonlocal_bind")
        .Distinct();

    // Certificates, error pages, maps: what the configuration names must be there before HAProxy checks it, and be taken in when it changes.
    private static IReadOnlyList<Resource> FilesRead(Expansion expansion, Host host, string configuration)
    {
        var words = configuration.Split([' ', '\n', '\'', '"', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. expansion.Others<File>()
                .Where(f => f.Declaration.Hosts.Contains(host) && !f.Resource.Absent && f.Resource.Path != ConfigurationPath)
                .Where(f => words.Contains(f.Resource.Path) || words.Any(w => w.StartsWith("/etc/", StringComparison.Ordinal) && f.Resource.Path.StartsWith(w.TrimEnd('/') + "/", StringComparison.Ordinal)))
                .Select(f => f.Resource),
        ];
    }
}
