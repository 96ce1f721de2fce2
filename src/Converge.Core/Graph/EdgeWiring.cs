using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Graph;

/// <summary>Finds what comes before what: references, needs, connections, placements.</summary>
internal sealed class EdgeWiring(
    IReadOnlyList<ResourceNode> nodes, IReadOnlyDictionary<Resource, List<ResourceNode>> byResource, List<Mistake> mistakes)
{
    private readonly Dictionary<(string Host, Provision Provision), List<ResourceNode>> _providers = [];

    public void Wire()
    {
        foreach (var node in nodes)
        {
            foreach (var provision in node.Resource.Provides)
            {
                (_providers.TryGetValue((node.Host.Name, provision), out var list) ? list : _providers[(node.Host.Name, provision)] = []).Add(node);
            }
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

    public bool Listens(Endpoint endpoint) => _providers.ContainsKey((endpoint.Host.Name, Provision.Port(endpoint.Number, endpoint.Protocol)));

    public IReadOnlyList<string> PortsOf(Host host) =>
        [.. _providers.Keys.Where(k => k.Host == host.Name && k.Provision.Kind == "port").Select(k => k.Provision.Name).Distinct().Order(StringComparer.Ordinal)];

    private void WireReferences(ResourceNode node)
    {
        foreach (var reference in node.Wishes.SelectMany(w => w.Parents.Append<Resource>(w.Resource)).SelectMany(r => r.After).Distinct())
        {
            if (!byResource.TryGetValue(reference, out var targets))
            {
                mistakes.Add(new Mistake($"{node.Id} comes after {reference}, which no host has", node.DeclaredAt) { Remedy = "Add it to a host, and refer to the same object." });
                continue;
            }

            var here = targets.Where(t => t.Host == node.Host).ToList();
            foreach (var target in (here.Count > 0 ? here : targets).Where(t => t != node))
            {
                Connect(node, target, "comes after");
            }
        }
    }

    private void WireNeeds(ResourceNode node)
    {
        foreach (var need in node.Resource.Needs)
        {
            foreach (var provider in _providers.GetValueOrDefault((node.Host.Name, need), []).Where(p => p != node))
            {
                Connect(node, provider, $"needs {need}");
            }
        }
    }

    private void WireConnections(ResourceNode node)
    {
        foreach (var connection in node.Resource.Connections(node.Host).Where(c => c.From.Host == node.Host))
        {
            var to = connection.To;
            Provision[] needed = [Provision.Port(to.Number, to.Protocol), Provision.Opening(to.Number, to.Protocol)];
            foreach (var provider in needed.SelectMany(n => _providers.GetValueOrDefault((to.Host.Name, n), [])).Where(p => p != node))
            {
                Connect(node, provider, $"connects to {to}");
            }
        }
    }

    // Placement gives way to references: an edge that would close a circle is left out.
    private static void WirePlacements(List<ResourceNode> host)
    {
        foreach (var first in host.Where(n => n.Resource.Placement == Placement.First))
        {
            foreach (var node in host.Where(n => n.Resource.Placement != Placement.First))
            {
                ConnectSoftly(node, first, "comes after the packages of its host");
            }
        }

        foreach (var command in host.Where(n => n.Resource.Placement == Placement.AsDeclared))
        {
            foreach (var other in host.Where(n => n != command && n.Resource.Placement != Placement.First))
            {
                if (other.Index < command.Index)
                {
                    ConnectSoftly(command, other, "keeps its place in the script");
                }
                else
                {
                    ConnectSoftly(other, command, "keeps its place in the script");
                }
            }
        }
    }

    private static void ConnectSoftly(ResourceNode node, ResourceNode target, string reason)
    {
        if (!Topology.DependsOn(target, node, n => n.Edges.Select(e => e.To)))
        {
            Connect(node, target, reason);
        }
    }

    private static void Connect(ResourceNode node, ResourceNode target, string reason)
    {
        if (!node.Edges.Exists(e => e.To == target))
        {
            node.Edges.Add(new Edge(target, reason));
        }
    }
}
