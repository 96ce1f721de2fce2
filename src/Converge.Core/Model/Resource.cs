using System.Collections.Generic;

namespace Converge;

/// <summary>When a resource runs among those of its host that no reference orders.</summary>
public enum Placement
{
    /// <summary>By its references alone; among equals, in the order of the script.</summary>
    ByReference,

    /// <summary>Before everything else of the host that it does not itself come after (packages: everything may stand on them).</summary>
    First,

    /// <summary>Keeps its place in the script: after all that is declared before it, before all that is declared after it (opaque commands).</summary>
    AsDeclared,
}

/// <summary>Something that a host shall have. Its properties are the desired state; null leaves as found.</summary>
public abstract record Resource
{
    private protected Resource()
    {
    }

    /// <summary>What sort of thing, in one word: <c>file</c>, <c>package</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Which one of its kind on its host: a path, a package name. Host, kind and name are the identity.</summary>
    public abstract string Name { get; }

    /// <summary>Resources, of this host or of others, that must be done first.</summary>
    public IReadOnlyList<Resource> After { get; init; } = [];

    /// <summary>When it runs among resources that no reference orders.</summary>
    public virtual Placement Placement => Placement.ByReference;

    /// <summary>What it brings to its host.</summary>
    public virtual IEnumerable<Provision> Provides => [];

    /// <summary>What it needs of its host, if a resource of the script provides it.</summary>
    public virtual IEnumerable<Provision> Needs => [];

    /// <summary>Traffic that it needs or permits, given the host that it is on.</summary>
    public virtual IEnumerable<Connection> Connections(Host host) => [];

    /// <summary>
    /// Addresses that move between the hosts that have it. What disturbs these hosts is done to one at a time, and last to the one that holds an address.
    /// </summary>
    public virtual IEnumerable<SharedAddress> Shares => [];

    /// <summary>What is wrong with it, seen by itself; all of it, without touching a host. Sentences without a final full stop.</summary>
    public virtual IEnumerable<string> Mistakes() => [];

    /// <summary>
    /// When two resources of one host have one identity and at least one of them comes from a composite: the one resource that wants what both
    /// want, or null when they contradict each other, which is a mistake. Default: null.
    /// </summary>
    public virtual Resource? MergeWith(Resource other) => null;

    /// <summary><c>file /etc/hosts</c>.</summary>
    public sealed override string ToString() => $"{Kind} {Name}";

    /// <summary>Resources are told apart by identity in the graph, not by their values.</summary>
    public virtual bool Equals(Resource? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>A resource that can be asked for and changed. Use <see cref="Resource{TState}"/> to write one.</summary>
public abstract record PrimitiveResource : Resource
{
    private protected PrimitiveResource()
    {
    }

    /// <summary>
    /// The files that it puts on its host, whatever the host has now: what <c>converge render</c> and snapshot tests show. Default: none. A part
    /// that only the host can tell is a named <see cref="Fact"/>.
    /// </summary>
    public virtual IEnumerable<RenderedFile> Renders => [];

    /// <summary>What a change of it is known to bring along, so that plans are as exact as if it were there. Default: nothing is known.</summary>
    public IReadOnlyList<Brought> Brings { get; init; } = [];

    internal abstract IReadOnlyList<Inquiry> Inquiries { get; }

    internal abstract object? ReadState(System.Func<Question, object> answers);

    internal abstract IReadOnlyList<Change> DiffState(object? state, DiffContext context);
}

/// <summary>A resource: asks its host for <typeparamref name="TState"/> and says, purely, what has to change.</summary>
/// <typeparam name="TState">What is observed. A sealed record.</typeparam>
public abstract record Resource<TState> : PrimitiveResource
{
    /// <summary>What to ask the host. Asked before facts are known.</summary>
    public abstract Query<TState> Query { get; }

    internal sealed override IReadOnlyList<Inquiry> Inquiries => Query.Inquiries;

    /// <summary>
    /// What has to change, with the exact steps. Pure: equal states and contexts give equal changes, and a reached state gives none. Plans show
    /// what this returns and apply runs it.
    /// </summary>
    public abstract IEnumerable<Change> Diff(TState state, DiffContext context);

    internal sealed override object? ReadState(System.Func<Question, object> answers) => Query.Read(answers);

    internal sealed override IReadOnlyList<Change> DiffState(object? state, DiffContext context) => [.. Diff((TState)state!, context)];
}

/// <summary>A resource made of others: expands, purely, after the script has run. Its children show under it.</summary>
public abstract record Composite : Resource
{
    /// <summary>Expand after all others, to see what they connect to (firewalls).</summary>
    public virtual bool SeesConnections => false;

    /// <summary>Adds the children. Called once per resource, however many hosts it is on.</summary>
    public abstract void Expand(Expansion expansion);
}
