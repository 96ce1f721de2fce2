using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Converge.Graph;

namespace Converge.Testing;

/// <summary>The laws that composites keep, tried on a small fleet.</summary>
public static class FleetLaws
{
    /// <summary>Describes the fleet twice: it has no mistakes, both times expand into the same, and no secret shows in anything that it renders.</summary>
    /// <param name="describe">Adds hosts and resources.</param>
    /// <param name="secrets">Those that the fleet carries.</param>
    /// <exception cref="LawException">At least one law is broken.</exception>
    /// <exception cref="ScriptException">The fleet has mistakes.</exception>
    public static void Check(Action<Fleet> describe, params IReadOnlyList<Secret> secrets)
    {
        var (first, second) = (TextOf(describe), TextOf(describe));
        if (first != second)
        {
            throw new LawException($"expanding twice must give the same, but it differs:\n{LineDiff.Of(first, second)}");
        }

        if (secrets.FirstOrDefault(s => first.Contains(s.Reveal(), StringComparison.Ordinal)) is { } shown)
        {
            var lines = first.Split('\n').Where(l => l.Contains(shown.Reveal(), StringComparison.Ordinal));
            throw new LawException($"secret {shown.Name} shows in:\n{string.Join('\n', lines).Replace(shown.Reveal(), shown.Mask, StringComparison.Ordinal)}");
        }
    }

    private static string TextOf(Action<Fleet> describe)
    {
        var fleet = new Fleet();
        describe(fleet);
        var graph = FleetGraph.Build(fleet);
        var text = new StringBuilder();
        foreach (var node in graph.Nodes)
        {
            text.Append(node).Append(" of ").AppendJoin(" of ", node.Parents.Reverse()).Append('\n');
            foreach (var edge in node.Dependencies)
            {
                text.Append("  ").Append(edge.Reason).Append(": ").Append(edge.To).Append('\n');
            }
        }

        foreach (var file in RenderedFleet.FromGraph(graph))
        {
            text.Append(file.Host).Append(' ').Append(file.Path).Append('\n').Append(file.Text).Append('\n');
        }

        return text.ToString();
    }
}
