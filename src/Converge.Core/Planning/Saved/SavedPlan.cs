using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Planning;

/// <summary>A plan that was saved, to be applied later exactly as it is or not at all. Holds no secret: texts are masked, hashes keyed.</summary>
/// <param name="Converge">The version that made it: another one may see states differently.</param>
/// <param name="Created">When.</param>
/// <param name="Script">What described the fleet.</param>
/// <param name="Key"><see cref="PlanKey.Id"/> of the key of all hashes.</param>
/// <param name="Hosts">All that were planned, in the order of the script.</param>
public sealed record SavedPlan(string Converge, DateTimeOffset Created, SavedScript Script, string Key, IReadOnlyList<SavedHost> Hosts)
{
    /// <summary>Everything that a plan says and was based on.</summary>
    /// <exception cref="ConvergeException">A host or a resource could not be read: what is not known cannot be promised.</exception>
    public static SavedPlan Of(Plan plan, SavedScript script, PlanKey key, string converge, DateTimeOffset created)
    {
        if (plan.HasFailures)
        {
            throw new ConvergeException("the plan is not saved: not everything could be read, and what is not known cannot be promised", "Mend what failed, or leave its hosts out with --hosts.");
        }

        return new SavedPlan(converge, created, script, key.Id, [.. plan.Hosts.Select(h => new SavedHost(h.Host.Name, [.. h.Resources.Select(r => SavedResource.Of(r, h.Facts, key))]))]);
    }

    /// <summary>What it says of a resource; null when it says nothing.</summary>
    public SavedResource? this[ResourceId id] => Hosts.FirstOrDefault(h => h.Name == id.Host)?.Resources.FirstOrDefault(r => r.Kind == id.Kind && r.Name == id.Name);
}

/// <summary>The identity of a script.</summary>
/// <param name="Path">From the folder of the plan.</param>
/// <param name="Files">Keyed hashes of the script and of every file that it loads or refers to, by path from the script's folder.</param>
/// <param name="Variables">Values of <c>--var</c>.</param>
public sealed record SavedScript(string Path, IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, string> Variables);

/// <summary>What a saved plan says of a host.</summary>
public sealed record SavedHost(string Name, IReadOnlyList<SavedResource> Resources);

/// <summary>What a saved plan says of a resource.</summary>
/// <param name="Kind">See <see cref="Resource.Kind"/>.</param>
/// <param name="Name">See <see cref="Resource.Name"/>.</param>
/// <param name="At">Where it was declared.</param>
/// <param name="State">Keyed hash of the state that the plan was based on.</param>
/// <param name="Steps">Keyed hash of all that the steps would send, with what the file must not show.</param>
/// <param name="Changes">Empty: nothing.</param>
public sealed record SavedResource(string Kind, string Name, string At, string State, string Steps, IReadOnlyList<SavedChange> Changes)
{
    internal static SavedResource Of(ResourcePlan plan, HostFacts? facts, PlanKey key) => new(
        plan.Node.Resource.Kind,
        plan.Node.Resource.Name,
        plan.Node.DeclaredAt.ToString(),
        key.Hash($"state of {plan.Node.Id}: {CanonicalText.Of(plan.State, facts)}"),
        key.Hash($"steps of {plan.Node.Id}: {CanonicalText.Of(plan.Changes.SelectMany(c => c.Steps), facts)}"),
        [.. plan.Changes.Select(SavedChange.Of)]);
}

/// <summary>A change as it was shown; see <see cref="Change"/>.</summary>
public sealed record SavedChange(string Property, string? From, string? To, Impact Impact, bool Undecided, string? Reason, string? Diff, IReadOnlyList<string> Steps)
{
    internal static SavedChange Of(Change change) => new(
        change.Property, Clean(change.From), Clean(change.To), change.Impact, change.Undecided, Clean(change.Reason), Clean(change.TextDiff), [.. change.Steps.Select(s => Redaction.Clean(s.Describe()))]);

    /// <summary><c>mode: 0644 → 0600</c>.</summary>
    public override string ToString() => Undecided ? $"{Property}: may change, decided after {Reason}" : $"{Property}: {From ?? "none"} → {To ?? "none"}";

    internal bool Equals(Change change) => Of(change) is var other && ToString() == other.ToString() && Impact == other.Impact && Diff == other.Diff && Steps.SequenceEqual(other.Steps);

    private static string? Clean(string? text) => text is null ? null : Redaction.Clean(text);
}
