using System.Collections.Generic;
using System.Linq;
using Converge.Graph;

namespace Converge.Applying;

/// <summary>Which changes wait for which: from what the script says, and from who holds a shared address right now.</summary>
internal static class RollingOrder
{
    /// <summary>The batches of each rolling change that has anything to do, in their order.</summary>
    public static IReadOnlyList<RollingRun> Of(Fleet fleet, IReadOnlyDictionary<Host, HostFacts> reached, IReadOnlyList<NodeRun> nodes)
    {
        var shared = fleet.Declarations.Where(d => d.Resource.Shares.Any()).ToList();
        var implied = shared.GroupBy(d => d.Resource, d => d.Hosts, ReferenceEqualityComparer.Instance)
            .Select(g => new Rolling([.. g.SelectMany(h => h).Distinct()], 1, []))
            .Where(r => !fleet.Rolling.Any(said => r.Hosts.All(said.Hosts.Contains)));
        var runs = new List<RollingRun>();
        foreach (var rolling in fleet.Rolling.Concat(implied))
        {
            var hosts = rolling.Hosts.Distinct().Where(reached.ContainsKey).OrderBy(h => Holds(h, reached[h], shared)).ToList();
            var all = fleet.Rolling.Contains(rolling);
            var turns = Turns(rolling.AtOnce, hosts.Select(h => (h, (IReadOnlyList<NodeRun>)Held(nodes.Where(n => n.Node.Host == h), all))));
            if (turns.Count > 1 || (turns.Count > 0 && rolling.Gates.Count > 0))
            {
                runs.Add(new RollingRun(turns, rolling.Gates));
            }
        }

        return runs;
    }

    // The address of a cluster is on an interface of its master, which every host tells among its facts.
    private static bool Holds(Host host, HostFacts facts, IEnumerable<Declaration> shared) =>
        shared.Where(d => d.Hosts.Contains(host)).SelectMany(d => d.Resource.Shares).Any(a => facts.InterfaceOf(a.Address) is not null);

    private static List<Turn> Turns(int atOnce, IEnumerable<(Host Host, IReadOnlyList<NodeRun> Nodes)> members)
    {
        var turns = new List<Turn>();
        foreach (var batch in members.Where(m => m.Nodes.Count > 0).Chunk(atOnce))
        {
            // What an earlier batch waits for cannot wait for it: the firewall that lets it talk to its peer, for one.
            var waitedFor = turns.SelectMany(t => t.Nodes).SelectMany(n => Topology.Reach(n, Before)).ToHashSet();
            var nodes = batch.SelectMany(m => m.Nodes).Where(n => !waitedFor.Contains(n)).ToList();
            if (nodes.Count > 0)
            {
                var turn = new Turn([.. batch.Select(m => m.Host)], nodes) { Before = [.. turns] };
                nodes.ForEach(n => n.Turns.Add(turn));
                turns.Add(turn);
            }
        }

        return turns;
    }

    private static NodeRun? Before(NodeRun node, int position) =>
        position < node.Dependencies.Count ? node.Dependencies[position] : node.Turns.SelectMany(t => t.NodesBefore).ElementAtOrDefault(position - node.Dependencies.Count);

    private static NodeRun? BeforeHere(NodeRun node, int position) => node.Before.ElementAtOrDefault(position);

    // Where nobody asked for more: what disturbs, and what it is done for.
    private static List<NodeRun> Held(IEnumerable<NodeRun> ofHost, bool all)
    {
        var changing = ofHost.Where(n => n.Diff.Changes.Count > 0).ToList();
        var disturbing = changing.Where(n => n.Diff.Changes.Any(c => c.Impact >= Impact.Reload)).ToList();
        var under = disturbing.SelectMany(d => Topology.Reach(d, BeforeHere)).Concat(disturbing).ToHashSet();
        return all ? changing : [.. changing.Where(under.Contains)];
    }
}
