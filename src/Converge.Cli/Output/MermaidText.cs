using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Converge.Graph;

namespace Converge.Cli.Output;

/// <summary>A graph as a Mermaid flowchart: hosts and composites as boxes, an arrow from what is done first to what comes after.</summary>
/// <remarks>Arrows that follow from others are left out. Syntax: https://mermaid.js.org/syntax/flowchart.html</remarks>
internal sealed class MermaidText
{
    private readonly StringBuilder _text = new("flowchart LR\n");
    private readonly Dictionary<ResourceNode, string> _names;
    private int _boxes;

    private MermaidText(FleetGraph graph) =>
        _names = graph.Nodes.Select((node, index) => (node, index)).ToDictionary(n => n.node, n => $"n{n.index}");

    /// <summary>The part of the graph that is about these hosts.</summary>
    public static string Of(FleetGraph graph, IReadOnlyList<Host> hosts) => new MermaidText(graph).Write(graph, hosts);

    private string Write(FleetGraph graph, IReadOnlyList<Host> hosts)
    {
        var byHost = graph.Nodes.ToLookup(n => n.Host);
        foreach (var host in hosts)
        {
            WriteBox($"{host.Name} {host.Address}", "  ", inner => WriteGroup(byHost[host], 0, inner));
        }

        foreach (var (node, dependency) in Reduction.Of(graph).Where(e => hosts.Contains(e.Node.Host) && hosts.Contains(e.Dependency.To.Host)))
        {
            _text.Append("  ").Append(_names[dependency.To]).Append(" --> ");
            _text.Append(dependency.To.Host == node.Host ? "" : $"|{Quoted(dependency.Reason)}| ");
            _text.Append(_names[node]).Append('\n');
        }

        return _text.ToString();
    }

    private void WriteGroup(IEnumerable<ResourceNode> nodes, int depth, string indent)
    {
        foreach (var group in nodes.GroupBy(n => n.Parents.Count > depth ? n.Parents[depth] : (object)n))
        {
            if (group.Key is Composite composite)
            {
                WriteBox(composite.ToString(), indent, inner => WriteGroup(group, depth + 1, inner));
            }
            else
            {
                var node = group.Single();
                _text.Append(indent).Append(_names[node]).Append('[').Append(Quoted(node.Resource.ToString())).Append("]\n");
            }
        }
    }

    private void WriteBox(string title, string indent, Action<string> content)
    {
        _text.Append(indent).Append("subgraph b").Append(_boxes++).Append('[').Append(Quoted(title)).Append("]\n");
        content(indent + "  ");
        _text.Append(indent).Append("end\n");
    }

    private static string Quoted(string text) =>
        $"\"{Redaction.Clean(text).Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace('\n', ' ')}\"";
}
