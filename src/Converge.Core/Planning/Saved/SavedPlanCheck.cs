using System;
using System.Collections.Generic;
using System.Linq;
using Converge.Graph;

namespace Converge.Planning;

/// <summary>Holds what is planned now, and at its turn what is about to be done, against a saved plan.</summary>
internal sealed class SavedPlanCheck(SavedPlan saved, PlanKey key)
{
    private readonly Dictionary<ResourceId, SavedResource> _saved = saved.Hosts
        .SelectMany(h => h.Resources.Select(r => (Id: new ResourceId(h.Name, r.Kind, r.Name), Resource: r)))
        .DistinctBy(r => r.Id)
        .ToDictionary(r => r.Id, r => r.Resource);

    /// <summary>Why a resource must not be touched: its host is no longer as it was when it was planned. Null: it is, or nothing has to be done.</summary>
    public Failure? Drift(ResourcePlan now, HostFacts facts)
    {
        if (now.Changes.Count == 0 || now.Failure is not null)
        {
            return null;
        }

        if (!_saved.TryGetValue(now.Node.Id, out var then))
        {
            return Refused(now.Node, "is not in the saved plan", [], now.Changes);
        }

        var fresh = SavedResource.Of(now, facts, key);
        var sameChanges = then.Changes.Count == now.Changes.Count && then.Changes.Zip(now.Changes).All(p => p.First.Equals(p.Second));
        return !sameChanges ? Refused(now.Node, "has drifted since it was planned", then.Changes, now.Changes)
            : fresh.State != then.State ? Refused(now.Node, "has drifted since it was planned, in what the changes do not show", then.Changes, now.Changes)
            : fresh.Steps != then.Steps ? Refused(now.Node, "would get other content than was planned: a secret, a fact or a file beside the script is another", then.Changes, now.Changes)
            : null;
    }

    /// <summary>Why changes must not be made at the turn of their resource: the plan did not show them. What it left open is decided now.</summary>
    public Failure? Surprise(ResourceNode node, IReadOnlyList<Change> changes)
    {
        var planned = _saved.GetValueOrDefault(node.Id)?.Changes ?? [];
        if (planned.Any(c => c.Undecided))
        {
            return null;
        }

        var surprising = changes.Any(c => !planned.Any(p => p.Property == c.Property && p.To == SavedChange.Of(c).To && p.Impact >= c.Impact));
        return surprising ? Refused(node, "turned out to need other changes than were planned", planned, changes) : null;
    }

    private static Failure Refused(ResourceNode node, string why, IReadOnlyList<SavedChange> then, IReadOnlyList<Change> now)
    {
        var fresh = now.Select(SavedChange.Of).ToList();

        // Two that read the same in one line, such as contents of one size, are told apart by what differs in them.
        var alike = then.Select(c => c.ToString()).SequenceEqual(fresh.Select(c => c.ToString())) && !then.Select(c => c.Diff).SequenceEqual(fresh.Select(c => c.Diff));
        return new Failure(
            $"{node.Id}: refused",
            string.Join('\n', [why, .. Lines("planned: ", then, alike), .. Lines("now:     ", fresh, alike)]),
            "Look at what has become of it, and plan again.",
            node.DeclaredAt);
    }

    private static IEnumerable<string> Lines(string label, IEnumerable<SavedChange> changes, bool withDiff) =>
        changes.SelectMany(c => (withDiff ? c.Diff ?? "" : "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => $"    {l}").Prepend($"{label}{c}")).DefaultIfEmpty($"{label}nothing");
}
