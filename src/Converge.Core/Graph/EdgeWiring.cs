using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Graph;

/// <summary>Finds what comes before what: references, needs, connections, placements.</summary>
internal sealed class EdgeWiring(
    IReadOnlyList<ResourceNode> nodes, IReadOnlyDictionary<Resource, List<ResourceNode>> byResource, List<Mistake> mistakes)
{
    private static readonly List<ResourceNode> _nobody = [];

    private readonly Dictionary<Host, Dictionary<Provision, List<ResourceNode>>> _providers = [];

    public void Wire()
    {
        foreach (var node in nodes)
        {
            Register(node);
        }

        foreach (var node in nodes)
        {
            WireReferences(node);
            WireNeeds(node);
            WireConnections(node);
        }

        foreach (var host in nodes.GroupBy(n => n.Host))
        {
            WirePlacements([.. host]);
        }
    }

    public bool Listens(Endpoint endpoint) => Providers(endpoint.Host, Provision.Port(endpoint.Number, endpoint.Protocol)).Count > 0;

    public IReadOnlyList<string> PortsOf(Host host) =>
        _providers.TryGetValue(host, out var provided) ? [.. provided.Keys.Where(p => p.Kind == "port").Select(p => p.Name).Order(StringComparer.Ordinal)] : [];

    private void Register(ResourceNode node)
    {
        if (!_providers.TryGetValue(node.Host, out var provided))
        {
            _providers[node.Host] = provided = [];
        }

        foreach (var provision in node.Resource.Provides)
        {
            if (provided.TryGetValue(provision, out var list))
            {
                list.Add(node);
            }
            else
            {
                provided[provision] = [node];
            }
        }
    }

    private List<ResourceNode> Providers(Host host, Provision provision) =>
        _providers.TryGetValue(host, out var provided) && provided.TryGetValue(provision, out var list) ? list : _nobody;

    private void WireReferences(ResourceNode node)
    {
        foreach (var reference in node.References)
        {
            if (!byResource.TryGetValue(reference, out var targets))
            {
                mistakes.Add(new Mistake($"{node.Id} comes after {reference}, which no host has", node.DeclaredAt) { Remedy = "Add it to a host, and refer to the same object." });
                continue;
            }

            var here = targets.Where(t => t.Host == node.Host).ToList();
            foreach (var target in (here.Count > 0 ? here : targets).Where(t => t != node))
            {
                Connect(node, new Edge(target, "comes after"));
            }
        }
    }

    private void WireNeeds(ResourceNode node)
    {
        foreach (var need in node.Resource.Needs)
        {
            foreach (var provider in Providers(node.Host, need))
            {
                if (provider != node)
                {
                    Connect(node, new Edge(provider, $"needs {need}"));
                }
            }
        }
    }

    private void WireConnections(ResourceNode node)
    {
        foreach (var connection in node.Resource.Connections(node.Host).Where(c => c.From.Host == node.Host))
        {
            var to = connection.To;
            Provision[] needed = [Provision.Port(to.Number, to.Protocol), Provision.Opening(to.Number, to.Protocol)];
            foreach (var provider in needed.SelectMany(n => Providers(to.Host, n)).Where(p => p != node))
            {
                Connect(node, new Edge(provider, $"connects to {to}"));
            }
        }
    }

    // Placement gives way to references: an edge that would close a circle is left out.
    private static void WirePlacements(List<ResourceNode> host)
    {
        foreach (var first in host.Where(n => n.Resource.Placement == Placement.First))
        {
            var before = Topology.Reach(first, Dependency);
            var edge = new Edge(first, "comes after the packages of its host");
            foreach (var node in host.Where(n => n.Resource.Placement != Placement.First && !before.Contains(n)))
            {
                Connect(node, edge);
            }
        }

        foreach (var command in host.Where(n => n.Resource.Placement == Placement.AsDeclared))
        {
            KeepInPlace(command, host);
        }
    }

    // What is declared before the command comes first: only then is it known what the command depends on.
    private static void KeepInPlace(ResourceNode command, List<ResourceNode> host)
    {
        var others = host.Where(n => n != command && n.Resource.Placement != Placement.First).ToList();
        var dependents = Topology.Reach(command, Dependent);
        foreach (var other in others.Where(o => o.Index < command.Index && !dependents.Contains(o)))
        {
            Connect(command, new Edge(other, "keeps its place in the script"));
        }

        var before = Topology.Reach(command, Dependency);
        foreach (var other in others.Where(o => o.Index > command.Index && !before.Contains(o)))
        {
            Connect(other, new Edge(command, "keeps its place in the script"));
        }
    }

    public static ResourceNode? Dependency(ResourceNode node, int position) => position < node.Edges.Count ? node.Edges[position].To : null;

    private static ResourceNode? Dependent(ResourceNode node, int position) => position < node.Dependents.Count ? node.Dependents[position] : null;

    private static void Connect(ResourceNode node, Edge edge)
    {
        if (!node.Edges.Exists(e => e.To == edge.To))
        {
            node.Edges.Add(edge);
            edge.To.Dependents.Add(node);
        }
    }
}
