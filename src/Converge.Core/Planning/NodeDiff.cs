using System.Collections.Generic;
using System.Linq;
using Converge.Graph;

namespace Converge.Planning;

/// <summary>What a resource's diff gave: changes, or why there are none to be had.</summary>
internal sealed record NodeDiff(IReadOnlyList<Change> Changes, Failure? Failure)
{
    /// <summary>What the diff was made from; null where it could not be read.</summary>
    public object? State { get; init; }

    /// <summary>No changes.</summary>
    public static NodeDiff Nothing { get; } = new([], null);

    /// <summary>Runs the pure diff of a node on what its host answered.</summary>
    public static NodeDiff Of(ResourceNode node, ProbeAnswers answers, DiffContext context)
    {
        try
        {
            var state = node.Resource.ReadState(question => answers[question]);
            var changes = node.Resource.DiffState(state, context);
            return new NodeDiff(changes.Count == 0 ? [] : [.. changes.Select(Masked)], null) { State = state };
        }
        catch (ProbeException) when (context.Pending.Count > 0)
        {
            // What is below a pending change may well not be there to answer yet.
            return new NodeDiff([Change.DecidedAfter("state", null, context.Pending[^1].ToString())], null);
        }
        catch (ConvergeException e)
        {
            return new NodeDiff([], FailureText.From(node, e is ProbeException ? "could not be read" : "cannot be as described", e));
        }
    }

    /// <summary>The diff when all that comes before is done. Whoever is still undecided then never will be.</summary>
    public static NodeDiff Settled(ResourceNode node, ProbeAnswers answers, HostFacts facts)
    {
        var diff = Of(node, answers, DiffContext.Settled(facts));
        return diff.Changes.FirstOrDefault(c => c.Undecided) is { } change
            ? new NodeDiff([], FailureText.From(node, "could not be decided", new ConvergeException($"{change.Property}: {change.Reason}")))
            : diff;
    }

    private static Change Masked(Change change) => change with
    {
        From = MaskedOrNull(change.From),
        To = MaskedOrNull(change.To),
        TextDiff = MaskedOrNull(change.TextDiff),
        Reason = MaskedOrNull(change.Reason),
    };

    private static string? MaskedOrNull(string? text) => text is null ? null : Redaction.Clean(text);
}
