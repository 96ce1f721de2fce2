using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>A cluster with the hosts that have it, in the order of the script.</summary>
internal sealed record VrrpMembers(VrrpCluster Cluster, IReadOnlyList<Host> Hosts, SourceLocation At)
{
    private const int Highest = 150;

    public static VrrpMembers Of(VrrpCluster cluster, Fleet fleet)
    {
        var declarations = fleet.Declarations.Where(d => ReferenceEquals(d.Resource, cluster)).ToList();
        return new VrrpMembers(cluster, [.. declarations.SelectMany(d => d.Hosts).Distinct()], declarations[0].At);
    }

    /// <summary>Every cluster of the fleet.</summary>
    public static IReadOnlyList<VrrpMembers> All(Fleet fleet) =>
        [.. fleet.Declarations.Select(d => d.Resource).OfType<VrrpCluster>().Distinct().Select(c => Of(c, fleet))];

    /// <summary>The clusters of one host, the one that was declared first in front.</summary>
    public static IReadOnlyList<VrrpMembers> On(Host host, Fleet fleet) => [.. All(fleet).Where(m => m.Hosts.Contains(host))];

    /// <summary>The first host has the highest; room is left between two for weights of scripts.</summary>
    public int PriorityOf(Host host) => Cluster.Priorities.TryGetValue(host, out var priority)
        ? priority
        : Highest - (IndexOf(host) * Math.Max(1, Math.Min(10, (Highest - 1) / Math.Max(1, Hosts.Count - 1))));

    /// <summary>The other members.</summary>
    public IEnumerable<Host> PeersOf(Host host) => Hosts.Where(h => h != host);

    private int IndexOf(Host host) => Hosts.TakeWhile(h => h != host).Count();
}
