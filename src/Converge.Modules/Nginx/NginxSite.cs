using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>A site that nginx serves: static files, requests passed on to other hosts, redirects.</summary>
/// <remarks>
/// Brings nginx itself; several sites of a host share it. The file is <c>/etc/nginx/conf.d/NAME.conf</c>. Before it replaces the old one,
/// <c>nginx -t</c> checks the whole configuration with it. Changes are taken in by a reload, which drops no connection.
/// </remarks>
/// <param name="SiteName">Name of the file: letters, digits, dots, dashes and underscores.</param>
/// <example>
/// <code>
/// host.Add(new NginxSite("foobar")
/// {
///     ServerNames = ["www.foobar.com"],
///     Root = "/srv/www/foobar",
///     Headers = { ["X-Content-Type-Options"] = "nosniff" },
///     MaxBodyBytes = 1024 * 1024,
///     Locations = [new("/api/") { ProxyTo = "http://10.77.0.31:8000" }],
///     DefaultSite = false,
/// });
/// </code>
/// </example>
public sealed record NginxSite(string SiteName) : Composite
{
    /// <summary>Host names that it answers for; wildcards and <c>~regular expressions</c> as nginx writes them. Default: those that no other site has.</summary>
    public IList<string> ServerNames { get; init; } = [];

    /// <summary>Default: port 80 of every IPv4 address.</summary>
    public IReadOnlyList<NginxListen> Listen { get; init; } = [80];

    /// <summary>Folder of the files. Null: nginx's own.</summary>
    public string? Root { get; init; }

    /// <summary>Files that stand for a folder, the first that exists. Default: nginx's own, <c>index.html</c>.</summary>
    public IList<string> Index { get; init; } = [];

    /// <summary>How it answers for some of its paths, in this order. Default: static files for all.</summary>
    public IList<NginxLocation> Locations { get; init; } = [];

    /// <summary>Response headers of every location, also on error pages.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Longest request body in bytes; 0: any length. Null: nginx's own, 1 MiB.</summary>
    public long? MaxBodyBytes { get; init; }

    /// <summary>Certificate for those of <see cref="Listen"/> that speak TLS. Null: none does.</summary>
    public NginxTls? Tls { get; init; }

    /// <summary>Proxies whose <c>X-Forwarded-For</c> is believed when they say who the client is. Default: none.</summary>
    public IList<Source> TrustedProxies { get; init; } = [];

    /// <summary>Who may connect besides the hosts of the script that say so themselves: opens the host's firewall. Default: nobody.</summary>
    public IList<Source> Clients { get; init; } = [];

    /// <summary>False removes the site that Debian enables when nginx is installed. Null: left as found.</summary>
    public bool? DefaultSite { get; init; }

    /// <summary>Directives in nginx's own words, before the server block: upstream, map, limit_req_zone.</summary>
    public IList<string> HttpLines { get; init; } = [];

    /// <summary>Directives in nginx's own words, in the server block, before its locations.</summary>
    public IList<string> Lines { get; init; } = [];

    /// <inheritdoc/>
    public override string Kind => "nginx-site";

    /// <inheritdoc/>
    public override string Name => SiteName;

    private string Path => $"/etc/nginx/conf.d/{SiteName}.conf";

    /// <inheritdoc/>
    public override IEnumerable<Connection> Connections(Host host) => Clients.SelectMany(c => Listen.Select(l => new Connection(c, host.Port(l.Port))));

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes() => NginxMistakes.Of(this);

    /// <inheritdoc/>
    public override void Expand(Expansion expansion)
    {
        NginxMistakes.Among(this, expansion);
        var connectsTo = Locations.SelectMany(l => l.ProxyTo?.EndpointsIn(expansion.Fleet) ?? []).Distinct().ToList();
        foreach (var host in expansion.Hosts)
        {
            expansion.Add(host, new Package("nginx") { Brings = [new BroughtUnit("nginx.service"), new BroughtPath("/etc/nginx") { IsFolder = true }, new BroughtPath("/etc/nginx/nginx.conf")] });
            IReadOnlyList<Resource> removed = DefaultSite == false ? [expansion.Add(host, new NginxDefaultSite())] : [];
            var file = expansion.Add(host, new File(Path)
            {
                Content = NginxConfig.Render(this),
                Owner = "root",
                Group = "root",
                Mode = Mode.Octal("0644"),
                Validation = InPlaceCheck.Of(Path, "nginx", "-t", "-q"),

                // Two default servers on one port are an error: the other one goes first. And nginx reads the certificate when it checks.
                After = [.. removed, .. Certificates(expansion.Fleet, host)],
            });
            expansion.Add(host, new Service("nginx")
            {
                Running = true,
                Enabled = true,
                ReloadOn = [.. removed, file],
                Listens = [.. Listen.Select(l => host.Port(l.Port)).Distinct()],
                ConnectsTo = connectsTo,
            });
        }
    }

    private IEnumerable<Resource> Certificates(Fleet fleet, Host host) =>
        Tls is null ? [] : fleet.Declarations
            .Where(d => d.Hosts.Contains(host) && d.Resource.Provides.Any(p => p == Provision.Path(Tls.Certificate) || p == Provision.Path(Tls.Key)))
            .Select(d => d.Resource);
}
