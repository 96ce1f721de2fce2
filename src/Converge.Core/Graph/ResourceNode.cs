using System.Collections.Generic;

namespace Converge.Graph;

/// <summary>One resource on one host: what is planned and applied.</summary>
public sealed class ResourceNode
{
    internal ResourceNode(Host host, PrimitiveResource resource, int index, SourceLocation declaredAt, IReadOnlyList<Composite> parents) =>
        (Host, Resource, Index, DeclaredAt, Parents) = (host, resource, index, declaredAt, parents);

    /// <summary>Where.</summary>
    public Host Host { get; }

    /// <summary>What.</summary>
    public PrimitiveResource Resource { get; internal set; }

    /// <summary>Identity.</summary>
    public ResourceId Id => new(Host.Name, Resource.Kind, Resource.Name);

    /// <summary>Place in the order of the script, after expansion.</summary>
    public int Index { get; }

    /// <summary>Where it, or the composite that brought it, was declared.</summary>
    public SourceLocation DeclaredAt { get; }

    /// <summary>The composites that it came from, outermost first; empty when the script declared it itself.</summary>
    public IReadOnlyList<Composite> Parents { get; }

    /// <summary>What must be done first, with the reason for each.</summary>
    public IReadOnlyList<Edge> Dependencies => Edges;

    internal List<Edge> Edges { get; } = [];

    /// <summary>The other ends of the edges that lead here.</summary>
    internal List<ResourceNode> Dependents { get; } = [];

    /// <summary>What <see cref="Resource.After"/> names, of it and of the composites that it came from, before equal identities were merged.</summary>
    internal IReadOnlyList<Resource> References { get; set; } = [];

    /// <inheritdoc/>
    public override string ToString() => Id.ToString();
}

/// <summary>An edge of the graph.</summary>
/// <param name="To">What comes first.</param>
/// <param name="Reason">In words: <c>needs path /etc/nginx</c>, <c>connects to web1:80/tcp</c>.</param>
public sealed record Edge(ResourceNode To, string Reason);
