using System.Collections.Generic;
using System.Linq;

namespace Converge.Graph;

/// <summary>From a described fleet to an ordered graph: expand, merge, wire, check.</summary>
internal sealed class GraphBuilder
{
    private readonly List<Mistake> _mistakes;
    private readonly List<ResourceNode> _nodes = [];
    private readonly Dictionary<ResourceId, ResourceNode> _byId = [];
    private readonly Dictionary<Resource, List<ResourceNode>> _byResource = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Resource> _referenced = new(ReferenceEqualityComparer.Instance);

    private GraphBuilder(Fleet fleet) => _mistakes = [.. fleet.Mistakes];

    public static FleetGraph Build(Fleet fleet)
    {
        var builder = new GraphBuilder(fleet);
        var expander = new CompositeExpander(fleet, builder._mistakes);
        var wishes = expander.Expand();
        builder._referenced.UnionWith(wishes.SelectMany(w => w.Resource.After.Concat(w.Parents.SelectMany(p => p.After))));
        foreach (var placed in wishes)
        {
            builder.AddNode(placed);
        }

        var wiring = new EdgeWiring(builder._nodes, builder._byResource, builder._mistakes);
        wiring.Wire();
        builder.CheckListeners(expander.Traffic, wiring);
        var sorted = Topology.Sort(builder._nodes, EdgeWiring.Dependency) ?? builder.RefuseCycle();
        if (builder._mistakes.Count > 0)
        {
            throw new ScriptException([.. builder._mistakes.OrderBy(m => m.At.Count > 0 ? m.At[0].Line : 0)]);
        }

        return new FleetGraph(fleet, sorted, [.. expander.Traffic.Select(t => t.Connection).Distinct()]);
    }

    private void AddNode(CompositeExpander.Placed placed)
    {
        var id = new ResourceId(placed.Host.Name, placed.Resource.Kind, placed.Resource.Name);
        if (!_byId.TryGetValue(id, out var twin))
        {
            var node = new ResourceNode(placed.Host, placed.Resource, _nodes.Count, placed.At, placed.Parents);
            _nodes.Add(node);
            _byId.Add(id, node);
            Register(placed, node);
        }
        else if ((twin.Parents.Count > 0 || placed.Parents.Count > 0) && twin.Resource.MergeWith(placed.Resource) is PrimitiveResource merged)
        {
            twin.Resource = merged;
            Register(placed, twin);
        }
        else if (twin.Parents.Count > 0 || placed.Parents.Count > 0)
        {
            _mistakes.Add(new Mistake($"{id} is described twice, and the two contradict each other", placed.At, twin.DeclaredAt));
        }
        else
        {
            _mistakes.Add(new Mistake($"{id} is described twice", placed.At, twin.DeclaredAt) { Remedy = "Describe it once, with everything that it shall be." });
        }
    }

    private void Register(CompositeExpander.Placed placed, ResourceNode node)
    {
        foreach (var resource in placed.Parents.Append<Resource>(placed.Resource))
        {
            if (_referenced.Contains(resource))
            {
                (_byResource.TryGetValue(resource, out var nodes) ? nodes : _byResource[resource] = []).Add(node);
            }

            if (resource.After.Count > 0)
            {
                node.References = [.. node.References.Union(resource.After, ReferenceEqualityComparer.Instance).Cast<Resource>()];
            }
        }
    }

    private void CheckListeners(IReadOnlyList<(Connection Connection, SourceLocation At)> traffic, EdgeWiring wiring)
    {
        foreach (var (connection, at) in traffic.DistinctBy(t => t.Connection).Where(t => t.Connection.To.Number != 0 && !wiring.Listens(t.Connection.To)))
        {
            var host = connection.To.Host;
            var ports = wiring.PortsOf(host);
            _mistakes.Add(new Mistake($"{connection.From.Host?.Name ?? connection.From.Network} connects to {connection.To}, where nothing listens", at, host.DeclaredAt)
            {
                Remedy = ports.Count > 0
                    ? $"{host.Name} listens on {string.Join(", ", ports)}."
                    : $"Nothing on {host.Name} listens on any port: describe the service there (Listens), or give a plain address if this script does not manage it.",
            });
        }
    }

    private IReadOnlyList<ResourceNode> RefuseCycle()
    {
        var cycle = Topology.FindCycle(_nodes, EdgeWiring.Dependency)!;
        var lines = cycle.Zip(cycle.Skip(1), (from, to) => $"{from} ({from.DeclaredAt}) {from.Edges.First(e => e.To == to).Reason} -> {to}");
        _mistakes.Add(new Mistake($"resources wait for each other in a circle:\n    {string.Join("\n    ", lines)}", [.. cycle.SkipLast(1).Select(n => n.DeclaredAt).Distinct()])
        {
            Remedy = "Remove one of these references.",
        });
        return [];
    }
}
