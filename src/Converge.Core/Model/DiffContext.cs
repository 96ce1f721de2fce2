using System.Collections.Generic;
using System.Linq;

namespace Converge;

/// <summary>What a diff may look at besides its own state.</summary>
/// <param name="Facts">What the host is.</param>
/// <param name="Pending">
/// What the resource depends on, directly or not, and still has to change: when planning, all that is planned before it; when it is its turn to
/// be applied, nothing.
/// </param>
public sealed record DiffContext(HostFacts Facts, IReadOnlyList<ResourceId> Pending)
{
    /// <summary>The host that is diffed; <see cref="PendingOf(string, string)"/> looks at its resources only. Null: at all.</summary>
    public string? Host { get; init; }

    /// <summary>What the pending changes of this host are known to bring along, and which of them does.</summary>
    public IReadOnlyList<(ResourceId By, Brought What)> Coming { get; init; } = [];

    /// <summary>Nothing is pending.</summary>
    public static DiffContext Settled(HostFacts facts) => new(facts, []);

    /// <summary>The pending change of the resource <paramref name="kind"/> <paramref name="name"/> of this host, or null.</summary>
    public ResourceId? PendingOf(string kind, string name) => PendingHere.Where(id => id.Kind == kind && id.Name == name).Select(id => (ResourceId?)id).FirstOrDefault();

    /// <summary>The first pending resource of a kind on this host, or null: <c>PendingOf("package")</c>.</summary>
    public ResourceId? PendingOf(string kind) => PendingHere.Where(id => id.Kind == kind).Select(id => (ResourceId?)id).FirstOrDefault();

    /// <summary>What a pending change is known to bring, or null.</summary>
    public (ResourceId By, T What)? Brought<T>(Provision what)
        where T : Brought =>
        Coming.Where(c => c.What is T && c.What.What == what).Select(c => ((ResourceId, T)?)(c.By, (T)c.What)).FirstOrDefault();

    /// <summary>What is pending on this host.</summary>
    public IEnumerable<ResourceId> PendingHere => Host is null ? Pending : Pending.Where(id => id.Host == Host);
}

/// <summary>What tells one resource of a fleet from all others.</summary>
public readonly record struct ResourceId(string Host, string Kind, string Name)
{
    /// <summary><c>file /etc/hosts on lb1</c>.</summary>
    public override string ToString() => $"{Kind} {Name} on {Host}";
}
