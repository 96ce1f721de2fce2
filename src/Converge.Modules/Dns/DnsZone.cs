using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>A zone for which BIND answers with authority. On several hosts, each of them answers from a file of its own.</summary>
/// <remarks>
/// Brings BIND itself, set up to answer for its own zones and for nothing else: no recursion, no transfers but to <see cref="Secondaries"/>. Several
/// zones of a host share it. <c>/etc/bind/named.conf.options</c> and <c>/etc/bind/named.conf.local</c> are then Converge's as a whole.
/// <para>
/// The serial is raised by one when, and only when, the zone's content changes; the order of records is no content. Before a file replaces the old
/// one, <c>named-checkzone</c> and <c>named-checkconf</c> check it; changes are taken in by a reload.
/// </para>
/// </remarks>
/// <param name="ZoneName">Such as <c>foobar.com</c>; reverse zones as <c>0.77.10.in-addr.arpa</c>.</param>
/// <example>
/// <code>
/// host.Add(new DnsZone("foobar.com")
/// {
///     NameServers = [host],
///     Records =
///     [
///         DnsRecord.A("www", "10.77.0.100") with { Ttl = TimeSpan.FromMinutes(1) },
///         DnsRecord.Cname("static", "www"),
///         DnsRecord.Mx("@", 10, "mail.example.net."),
///         DnsRecord.Txt("@", "v=spf1 mx -all"),
///     ],
/// });
/// </code>
/// </example>
public sealed record DnsZone(string ZoneName) : Composite
{
    /// <summary>Who answers for the zone. Default: the hosts that have it.</summary>
    public IList<DnsNameServer> NameServers { get; init; } = [];

    /// <summary>All but SOA, and NS of the zone itself.</summary>
    public IList<DnsRecord> Records { get; init; } = [];

    /// <summary>How long caches keep records that say nothing else, in whole seconds. Default: an hour.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What the zone says of itself.</summary>
    public DnsSoa Soa { get; init; } = new();

    /// <summary>The serial is never behind this: for a zone that had another home. Default: 0, which starts at 1.</summary>
    public uint MinimumSerial { get; init; }

    /// <summary>Who may ask, and is let in by the host's firewall. Default: anyone.</summary>
    public IReadOnlyList<Source> Clients { get; init; } = [Source.Anywhere];

    /// <summary>Who may fetch the zone as a whole. Default: nobody.</summary>
    public IList<Source> Secondaries { get; init; } = [];

    /// <summary>Options of the zone in BIND's own words.</summary>
    public IList<string> Lines { get; init; } = [];

    /// <summary>Options of the server in BIND's own words; all zones of a host have the same.</summary>
    public IList<string> ServerLines { get; init; } = [];

    /// <inheritdoc/>
    public override string Kind => "dns-zone";

    /// <inheritdoc/>
    public override string Name => Zone;

    internal string Zone => ZoneName.TrimEnd('.').ToLowerInvariant();

    /// <inheritdoc/>
    public override IEnumerable<Connection> Connections(Host host) =>
        Clients.Concat(Secondaries).Distinct().SelectMany(source => Ports(host).Select(port => new Connection(source, port)));

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes() => ZoneMistakes.OfNames(this);

    /// <inheritdoc/>
    public override void Expand(Expansion expansion)
    {
        if (Mistakes().Any())
        {
            // What is wrong is told; that nothing listens on port 53 must not be told on top of it.
            expansion.Hosts.ToList().ForEach(host => expansion.Add(host, Server(host)));
            return;
        }

        List<DnsNameServer> servers = NameServers.Count > 0 ? [.. NameServers] : [.. expansion.Hosts.Select(h => (DnsNameServer)h)];
        var records = AllRecords(servers);
        foreach (var mistake in ZoneMistakes.OfRecords(Zone, servers, records))
        {
            expansion.Report($"{this}: {mistake}");
        }

        var text = ZoneText.Render(Zone, Soa.Primary ?? servers[0].ServerName, Soa, Ttl, records);
        foreach (var host in expansion.Hosts)
        {
            ExpandOn(host, expansion, text);
        }
    }

    private void ExpandOn(Host host, Expansion expansion, ZoneText text)
    {
        var (path, statementPath) = ($"{NamedConfig.Folder}/{Zone}.zone", $"{NamedConfig.Folder}/{Zone}.conf");
        expansion.Add(host, new Package("bind9") { Brings = NamedConfig.Brought });
        expansion.Add(host, new Package("bind9-utils"));
        expansion.Add(host, new Directory(NamedConfig.Folder) { Owner = "root", Group = "root", Mode = Mode.Octal("0755") });
        var zone = expansion.Add(host, new ZoneFile(Zone, path, text) { MinimumSerial = MinimumSerial });
        var options = expansion.Add(host, Config(NamedConfig.OptionsPath, NamedConfig.Options(ServerLines), NamedConfig.OptionsCheck));
        var statement = expansion.Add(host, Config(statementPath, NamedConfig.Zone(Zone, path, Clients, Secondaries, Lines), NamedConfig.ZoneCheck(statementPath), zone));

        // An include that finds no file at all is an error for named.
        var local = expansion.Add(host, Config(NamedConfig.LocalPath, NamedConfig.Local, NamedConfig.LocalCheck, statement));
        expansion.Add(host, Server(host) with { ReloadOn = [zone, options, statement, local] });
    }

    private static Service Server(Host host) => new("named") { Running = true, Enabled = true, Listens = Ports(host) };

    private List<DnsRecord> AllRecords(List<DnsNameServer> servers)
    {
        var records = servers.Select(s => DnsRecord.Ns("@", s.ServerName)).Concat(Records).ToList();
        foreach (var server in servers.Where(s => s.Address is not null))
        {
            var name = DnsName.Absolute(server.ServerName, Zone);
            var isKnown = records.Exists(r => r.Type is "A" or "AAAA" && DnsName.Absolute(r.Owner, Zone) == name);
            if (DnsName.IsWithin(name, Zone) && !isKnown)
            {
                records.Add(server.Address!.Text.Contains(':') ? DnsRecord.Aaaa(server.ServerName, server.Address) : DnsRecord.A(server.ServerName, server.Address));
            }
        }

        return records;
    }

    private static File Config(string path, string content, Validation validation, params IReadOnlyList<Resource> after) =>
        new(path) { Content = content, Owner = "root", Group = "bind", Mode = Mode.Octal("0644"), Validation = validation, After = after };

    private static IReadOnlyList<Endpoint> Ports(Host host) => [host.Port(53, Protocol.Udp), host.Port(53)];
}
