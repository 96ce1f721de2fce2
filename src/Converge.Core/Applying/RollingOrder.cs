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
        // Where nobody holds the address yet, there is nothing that could be disturbed: fresh members are built side by side.
        var shared = fleet.Declarations.Where(d => d.Resource.Shares.Any()).ToList();
        var implied = shared.GroupBy(d => d.Resource, d => d.Hosts, ReferenceEqualityComparer.Instance)
            .Select(g => new Rolling([.. g.SelectMany(h => h).Distinct()], 1, []))
            .Where(r => r.Hosts.Any(h => reached.TryGetValue(h, out var facts) && Holds(h, facts, shared)))
            .Concat(fleet.Declarations.Select(d => d.Resource).Distinct().Select(r => new Rolling([.. r.Drains.Where(d => d.WhyNot is null).Select(d => d.Server)], 1, [])))
            .Where(r => r.Hosts.Count > 0 && !fleet.Rolling.Any(said => r.Hosts.All(said.Hosts.Contains)));
        var runs = new List<RollingRun>();
        foreach (var rolling in fleet.Rolling.Concat(implied))
        {
            var hosts = rolling.Hosts.Distinct().Where(reached.ContainsKey).OrderBy(h => Holds(h, reached[h], shared)).ToList();
            var all = fleet.Rolling.Contains(rolling);
            var turns = Turns(rolling.AtOnce, hosts.Select(h => (h, (IReadOnlyList<NodeRun>)Held(nodes.Where(n => n.Node.Host == h), all))));
            if (turns.Count > 1 || turns.Exists(t => rolling.Gates.Count > 0 || t.Disturbed.Any(h => DrainingOf(fleet, h).Any())))
            {
                runs.Add(new RollingRun(turns, rolling.Gates));
            }
            else
            {
                // Nobody gives these their turn, so nothing may wait for it.
                turns.ForEach(turn => turn.Dissolve());
            }
        }

        Prove(nodes);
        return runs;
    }

    // What depends on a batch begins when that has passed its gates and is back in the traffic; except where the batch waits for it in turn.
    private static void Prove(IReadOnlyList<NodeRun> nodes)
    {
        var dependents = nodes.SelectMany(n => n.Dependencies.SelectMany(d => d.Turns).Distinct().Except(n.Turns).Select(turn => (turn, n)));
        foreach (var batch in dependents.ToLookup(d => d.turn, d => d.n))
        {
            var waitedFor = batch.Key.Nodes.SelectMany(n => Topology.Reach(n, Before)).ToHashSet();
            foreach (var node in batch.Where(n => !waitedFor.Contains(n)))
            {
                node.Proofs.Add(batch.Key);
            }
        }
    }

    /// <summary>How a host gets no traffic, with the hosts that send it some.</summary>
    public static IEnumerable<(Draining Draining, IReadOnlyList<Host> Balancers)> DrainingOf(Fleet fleet, Host server) =>
        fleet.Declarations.SelectMany(d => d.Resource.Drains.Where(r => r.Server == server && r.WhyNot is null).Select(r => (r, d.Hosts)));

    /// <summary>Servers that something disturbs, and that cannot be taken out of the traffic.</summary>
    public static IEnumerable<(Host Server, string Why)> NotDrained(Fleet fleet, ICollection<Host> reached, IEnumerable<NodeRun> nodes)
    {
        var disturbed = nodes.Where(n => n.Disturbs).Select(n => n.Node.Host).ToHashSet();
        var pointless = fleet.Declarations.Select(d => d.Resource).Distinct().SelectMany(r => r.Drains)
            .Where(d => d.WhyNot is not null && disturbed.Contains(d.Server)).Select(d => (d.Server, d.WhyNot!));
        var unreached = disturbed.SelectMany(server => DrainingOf(fleet, server).SelectMany(d => d.Balancers)
            .Where(b => !reached.Contains(b)).Select(b => (server, $"{b.Name} is not reached by this run")));
        return pointless.Concat(unreached).Distinct();
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
        position < node.Dependencies.Count
            ? node.Dependencies[position]
            : node.Turns.SelectMany(t => t.NodesBefore).Concat(node.Proofs.SelectMany(t => t.Nodes)).ElementAtOrDefault(position - node.Dependencies.Count);

    private static NodeRun? BeforeHere(NodeRun node, int position) => node.Before.ElementAtOrDefault(position);

    // Where nobody asked for more: what disturbs, and what it is done for.
    private static List<NodeRun> Held(IEnumerable<NodeRun> ofHost, bool all)
    {
        var changing = ofHost.Where(n => n.Diff.Changes.Count > 0).ToList();
        var disturbing = changing.Where(n => n.Disturbs).ToList();
        var under = disturbing.SelectMany(d => Topology.Reach(d, BeforeHere)).Concat(disturbing).ToHashSet();
        return all ? changing : [.. changing.Where(under.Contains)];
    }
}
