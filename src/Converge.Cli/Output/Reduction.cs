using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Converge.Graph;

namespace Converge.Cli.Output;

/// <summary>The edges that remain when those are left out that follow from others (transitive reduction).</summary>
internal static class Reduction
{
    public static IEnumerable<(ResourceNode Node, Edge Dependency)> Of(FleetGraph graph)
    {
        var position = graph.Nodes.Select((node, index) => (node, index)).ToDictionary(n => n.node, n => n.index);
        var reaches = new BitArray[graph.Nodes.Count];
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            reaches[i] = new BitArray(graph.Nodes.Count);

            // Nearest first: whatever a near dependency reaches needs no arrow of its own.
            foreach (var edge in graph.Nodes[i].Dependencies.OrderByDescending(e => position[e.To]))
            {
                var to = position[edge.To];
                if (!reaches[i][to])
                {
                    reaches[i].Or(reaches[to]).Set(to, true);
                    yield return (graph.Nodes[i], edge);
                }
            }
        }
    }
}
