using System.Collections.Generic;
using System.Linq;

namespace Converge;

/// <summary>What a composite sees and fills while it expands.</summary>
public sealed class Expansion
{
    private readonly List<(Host Host, Resource Resource)> _children = [];
    private readonly List<Mistake> _mistakes = [];

    internal Expansion(Fleet fleet, Declaration declaration, IReadOnlyList<Connection> connections) =>
        (Fleet, Declaration, Connections) = (fleet, declaration, connections);

    /// <summary>The whole fleet, as declared.</summary>
    public Fleet Fleet { get; }

    /// <summary>Where the composite was declared.</summary>
    public Declaration Declaration { get; }

    /// <summary>The hosts that have the composite: one, or the members of the group that it was added to, in order.</summary>
    public IReadOnlyList<Host> Hosts => Declaration.Hosts;

    /// <summary>All connections of the fleet. Empty unless <see cref="Composite.SeesConnections"/>.</summary>
    public IReadOnlyList<Connection> Connections { get; }

    internal IReadOnlyList<(Host Host, Resource Resource)> Children => _children;

    internal IReadOnlyList<Mistake> Mistakes => _mistakes;

    /// <summary>A child on one host. Returns it, to refer to it in <see cref="Resource.After"/>.</summary>
    public T Add<T>(Host host, T resource)
        where T : Resource
    {
        _children.Add((host, resource));
        return resource;
    }

    /// <summary>A child on each host of the composite.</summary>
    public T Add<T>(T resource)
        where T : Resource
    {
        foreach (var host in Hosts)
        {
            Add(host, resource);
        }

        return resource;
    }

    /// <summary>A mistake that shows only when the whole fleet is seen. The composite's own place is added first.</summary>
    public void Report(string message, params IEnumerable<SourceLocation> alsoAt) =>
        _mistakes.Add(new Mistake(message, [Declaration.At, .. alsoAt.Where(at => at != Declaration.At)]));

    /// <summary>Composites or resources of a type in the whole fleet, with where they are declared: to check one against the others.</summary>
    public IEnumerable<(T Resource, Declaration Declaration)> Others<T>()
        where T : Resource =>
        Fleet.Declarations.Where(d => d.Resource is T && !ReferenceEquals(d.Resource, Declaration.Resource)).Select(d => ((T)d.Resource, d));
}
