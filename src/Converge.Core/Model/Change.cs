using System.Collections.Generic;

namespace Converge;

/// <summary>One difference between what is and what shall be, with the exact steps that remove it.</summary>
/// <param name="Property">What differs, in the words of the resource: <c>mode</c>, <c>running</c>, <c>content</c>.</param>
/// <param name="From">What is, as text; null: nothing is there.</param>
/// <param name="To">What shall be, as text; null: nothing shall be there.</param>
/// <param name="Impact">What it does to what is running.</param>
public sealed record Change(string Property, string? From, string? To, Impact Impact = Impact.None)
{
    /// <summary>What apply runs, in order. A change whose work is done by the steps of another change of the same resource has none.</summary>
    public IReadOnlyList<Step> Steps
    {
        get => WayBack is null || field.Count == 0 ? field : [WayBack.Arm, .. field];
        init;
    } = [];

    /// <summary>It may cut us off from the host: the first of <see cref="Steps"/> then arms this. Null: it cannot.</summary>
    public WayBack? WayBack { get; init; }

    /// <summary>Unified diff of text content, secrets masked; null where there is none to show.</summary>
    public string? TextDiff { get; init; }

    /// <summary>Why, when it does not show from the values: <c>/etc/haproxy/haproxy.cfg changes</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it happens cannot be known yet: decided once what it depends on has changed. Has no steps.</summary>
    public bool Undecided { get; init; }

    /// <summary>"May change, decided after X".</summary>
    /// <param name="property">What may change.</param>
    /// <param name="to">What is wanted.</param>
    /// <param name="after">What has to change first.</param>
    public static Change DecidedAfter(string property, string? to, string after) =>
        new(property, null, to) { Undecided = true, Reason = after };
}
