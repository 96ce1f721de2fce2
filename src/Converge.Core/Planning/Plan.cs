using System.Collections.Generic;
using System.Linq;
using Converge.Graph;

namespace Converge.Planning;

/// <summary>What would be done, host by host. Exactly this is what apply does.</summary>
/// <param name="Hosts">In the order of the script.</param>
public sealed record Plan(IReadOnlyList<HostPlan> Hosts)
{
    /// <summary>Hosts that are changed one batch after the other.</summary>
    public IReadOnlyList<RollingPlan> Rolling { get; init; } = [];

    /// <summary>Resources that stay changed, in whole or in part, should the run have to undo what it did.</summary>
    public IReadOnlyList<ResourceNode> NotUndoable { get; init; } = [];

    /// <summary>All resources of all hosts that answered.</summary>
    public IEnumerable<ResourcePlan> Resources => Hosts.SelectMany(h => h.Resources);

    /// <summary>Something has to change, or may have to.</summary>
    public bool HasChanges => Resources.Any(r => r.Changes.Count > 0);

    /// <summary>A host could not be reached, or a resource not be read.</summary>
    public bool HasFailures => Hosts.Any(h => h.Failure is not null) || Resources.Any(r => r.Failure is not null);
}

/// <summary>Hosts that are changed one batch after the other.</summary>
/// <param name="Batches">In their order; only hosts that have something to change.</param>
/// <param name="Gates">What must hold after each.</param>
public sealed record RollingPlan(IReadOnlyList<IReadOnlyList<Host>> Batches, IReadOnlyList<Gate> Gates);

/// <summary>The plan of one host.</summary>
/// <param name="Host">Which.</param>
/// <param name="Facts">What it is; null when it did not answer.</param>
/// <param name="Resources">In the order in which they would be applied.</param>
/// <param name="Failure">Why it did not answer; null when it did.</param>
public sealed record HostPlan(Host Host, HostFacts? Facts, IReadOnlyList<ResourcePlan> Resources, Failure? Failure = null);

/// <summary>The plan of one resource.</summary>
/// <param name="Node">Which.</param>
/// <param name="Changes">Empty: it is as it shall be.</param>
/// <param name="Failure">Why its state could not be read; null when it could.</param>
public sealed record ResourcePlan(ResourceNode Node, IReadOnlyList<Change> Changes, Failure? Failure = null)
{
    /// <summary>What the changes were made from; null where it could not be read.</summary>
    internal object? State { get; init; }

    /// <summary>All of its changes are "may change, decided after X".</summary>
    public bool Undecided => Changes.Count > 0 && Changes.All(c => c.Undecided);
}

/// <summary>What went wrong, in the form in which people read it.</summary>
/// <param name="Title">What and what kind of problem, in fixed words: <c>did not converge</c>.</param>
/// <param name="Detail">What the tool said or what still differs; lines. May be empty.</param>
/// <param name="Remedy">What to do; commands alone on a line. Null when there is nothing to advise.</param>
/// <param name="At">Where it was declared.</param>
public sealed record Failure(string Title, string Detail, string? Remedy, SourceLocation At);
