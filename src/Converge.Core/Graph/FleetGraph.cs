using System.Collections.Generic;

namespace Converge.Graph;

/// <summary>The fleet with all composites expanded, checked, and its resources in order: what is planned.</summary>
public sealed class FleetGraph
{
    internal FleetGraph(Fleet fleet, IReadOnlyList<ResourceNode> nodes, IReadOnlyList<Connection> connections) =>
        (Fleet, Nodes, Connections) = (fleet, nodes, connections);

    /// <summary>As described.</summary>
    public Fleet Fleet { get; }

    /// <summary>Every resource of every host; those that others depend on come first, else the order of the script.</summary>
    public IReadOnlyList<ResourceNode> Nodes { get; }

    /// <summary>All traffic that resources need or permit.</summary>
    public IReadOnlyList<Connection> Connections { get; }

    /// <summary>Expands, checks and orders a fleet. Touches no host.</summary>
    /// <exception cref="ScriptException">With every mistake that was found.</exception>
    public static FleetGraph Build(Fleet fleet) => GraphBuilder.Build(fleet);
}
