using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>
/// An address that the hosts of a group share: keepalived on each of them, one holds the address, the next takes over when it fails. One object
/// renders the configuration of all members, so that they agree.
/// </summary>
/// <remarks>
/// The first host of the group has the highest priority. All start as backup and let the priorities decide, so that a member that comes up never
/// takes the address from one that serves. Several clusters may share hosts: each host gets one keepalived.conf with all of them. keepalived
/// checks the file before it replaces the old one; a change is a reload, never a restart.
/// </remarks>
/// <example>
/// <code>
/// var site = hosts.Add(new VrrpCluster("www", vip: "192.0.2.100/24")
/// {
///     Track = { VrrpScript.ProcessRuns("haproxy") },
/// });
/// hosts.Add(new Haproxy
/// {
///     Frontends = { new("www") { Bind = { site.Vip.Port(80) }, DefaultBackend = pages } },
///     Backends = { pages },
/// });
/// </code>
/// </example>
public sealed record VrrpCluster : Composite
{
    private readonly SharedAddress _vip;

    /// <summary>A cluster under a name that is one word, with the address as <c>192.0.2.100/24</c>.</summary>
    public VrrpCluster(string name, string vip)
    {
        Name = name;
        try
        {
            _vip = SharedAddress.Parse(vip);
        }
        catch (ConvergeException e)
        {
            // Said with all other mistakes; the stand-in is never used, for a fleet with a mistake is refused.
            (AddressMistake, _vip) = ($"{e.Message}; {e.Remedy}", new SharedAddress("0.0.0.0", 32));
        }
    }

    /// <summary>The name of the VRRP instance.</summary>
    public override string Name { get; }

    /// <summary>The address that moves: bind to <c>Vip.Port(80)</c>, put <c>Vip.Address</c> into DNS.</summary>
    public SharedAddress Vip => _vip with { Holder = this };

    /// <summary>Addresses that move along, as <c>192.0.2.101/24</c>; of the same family.</summary>
    public IList<string> FurtherAddresses { get; init; } = [];

    /// <summary>1 to 255, unique on its network. Null: derived from the name.</summary>
    public int? RouterId { get; init; }

    /// <summary>2 or 3. Null: 3, or 2 with a <see cref="Password"/>.</summary>
    public int? Version { get; init; }

    /// <summary>
    /// Between two signs of life of the master; a backup takes over when three are missing. Version 3: 10 ms to 40.95 s in steps of 10 ms; version 2:
    /// whole seconds. Default: 1 s.
    /// </summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Signs of life carry it; 1 to 8 characters, readable by whoever listens on the network; version 2 only. Null: none.</summary>
    public Secret? Password { get; init; }

    /// <summary>Signs of life go to a multicast group. Default: to each other member by address.</summary>
    public bool Multicast { get; init; }

    /// <summary>Priorities that do not follow from the order in the group: 1 to 254, the highest holds the address.</summary>
    public IDictionary<Host, int> Priorities { get; init; } = new Dictionary<Host, int>();

    /// <summary>The interface of every member. Null: the one that has the member's own address.</summary>
    public string? Interface { get; init; }

    /// <summary>A member of higher priority that comes back takes the address again. Default: yes.</summary>
    public bool Preempt { get; init; } = true;

    /// <summary>It waits so long before it does, up to 1,000 s. Null: it does not wait.</summary>
    public TimeSpan? PreemptDelay { get; init; }

    /// <summary>What decides whether a member may hold the address.</summary>
    public IList<VrrpScript> Track { get; init; } = [];

    /// <summary>Interfaces that must be up besides its own.</summary>
    public IList<string> TrackInterfaces { get; init; } = [];

    /// <summary>Who runs scripts and notifications. One for all clusters of a host. Default: root.</summary>
    public string ScriptUser { get; init; } = "root";

    /// <summary>How the network is told. Null: keepalived's defaults.</summary>
    public VrrpAnnouncements? Announcements { get; init; }

    /// <summary>What runs when a member changes its state. Null: nothing.</summary>
    public VrrpNotifications? Notifications { get; init; }

    /// <summary>Where keepalived's own checker crashes (it does not say whether the file is good), the file is taken all the same. Default: refused.</summary>
    public bool AcceptWhenCheckerCrashes { get; init; }

    /// <summary>Further lines of the instance, as keepalived.conf(5) has them.</summary>
    public IList<string> Lines { get; init; } = [];

    /// <summary>Further lines of <c>global_defs</c>.</summary>
    public IList<string> GlobalLines { get; init; } = [];

    /// <inheritdoc/>
    public override string Kind => "vrrp-cluster";

    /// <inheritdoc/>
    public override IEnumerable<SharedAddress> Shares => [_vip];

    internal string? AddressMistake { get; }

    internal int EffectiveRouterId => RouterId ?? VrrpRouterId.DerivedFrom(Name);

    // An address that is another's, the operator's own for one, cuts the host off: three missed announcements and a bit after the start, when it is
    // this host's. Where there was no file before, keepalived gives its addresses up by ending.
    private static readonly RunProgram _formerAddresses = new(
        "sh", ["-c", "if [ -e /etc/keepalived/keepalived.conf ]; then exec systemctl reload keepalived; else exec systemctl stop keepalived; fi"]);

    internal int EffectiveVersion => Version ?? (Password is null ? 3 : 2);

    internal IEnumerable<SharedAddress> Addresses => [_vip, .. FurtherAddresses.Select(SharedAddress.Parse)];

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes() => VrrpChecks.Of(this);

    /// <inheritdoc/>
    public override void Expand(Expansion expansion)
    {
        if (Mistakes().Any())
        {
            return;
        }

        var members = VrrpMembers.Of(this, expansion.Fleet);
        if (expansion.Hosts[0] == members.Hosts[0])
        {
            VrrpFleetChecks.Report(members, expansion);
        }

        foreach (var host in expansion.Hosts)
        {
            // One keepalived.conf for all clusters of a host: the cluster that was declared first writes it.
            var clusters = VrrpMembers.On(host, expansion.Fleet);
            if (ReferenceEquals(clusters[0].Cluster, this) && clusters.All(c => !c.Cluster.Mistakes().Any()))
            {
                AddTo(host, clusters, expansion);
            }
        }
    }

    private static void AddTo(Host host, IReadOnlyList<VrrpMembers> clusters, Expansion expansion)
    {
        var content = KeepalivedConfiguration.Of(host, clusters);
        var election = 4 * clusters.Max(c => c.Cluster.Interval);
        expansion.Add(host, new Package("keepalived")
        {
            // Debian's unit has ConditionFileNotEmpty, and the package brings no configuration.
            Brings = [new BroughtUnit("keepalived.service") { RunsWith = "/etc/keepalived/keepalived.conf" }, new BroughtPath("/etc/keepalived") { IsFolder = true }],
        });
        var file = expansion.Add(host, new File("/etc/keepalived/keepalived.conf")
        {
            Content = content,
            Owner = "root",
            Group = "root",
            Mode = Mode.Octal(content.HasSecret ? "0600" : "0644"),
            Validation = KeepalivedCheck.Validation(clusters.Any(c => c.Cluster.AcceptWhenCheckerCrashes)),
            ContentImpact = KeepalivedImpact.Of,
            MayCutOff = new CutOff(_formerAddresses) { Settling = election, Patience = election + TimeSpan.FromSeconds(30) },
        });
        expansion.Add(host, new Service("keepalived")
        {
            Running = true,
            Enabled = true,
            ReloadOn = [file],
            ConnectsTo = [.. clusters.SelectMany(c => c.Hosts).Where(h => h != host).Distinct().Select(h => h.Port(0, Protocol.Vrrp))],
        });
    }
}
