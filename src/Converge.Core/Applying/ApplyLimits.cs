using Converge.Planning;

namespace Converge.Applying;

/// <summary>What an apply must not do: more impact than is allowed, or anything but a saved plan.</summary>
internal sealed class ApplyLimits(Impact? maxImpact, SavedPlanCheck? saved)
{
    /// <summary>Why a resource must not be touched, seen before anything is; null when it may.</summary>
    public Failure? RefuseDrift(ResourcePlan plan, HostFacts facts) => saved?.Drift(plan, facts);

    /// <summary>Why the changes of a resource must not be made, asked at its turn, when all about it is known; null when they may.</summary>
    public Failure? Refuse(NodeRun node) =>
        maxImpact is { } most && ImpactSummary.Gravest(node.Diff.Changes) > most
            ? FailureText.BeyondImpact(node.Node, node.Diff.Changes, most)
            : saved?.Surprise(node.Node, node.Diff.Changes);
}
