using Converge.Planning;

namespace Converge.Applying;

/// <summary>What an apply must not do, asked at the turn of each resource, when all about it is known.</summary>
internal sealed class ApplyLimits(Impact? maxImpact)
{
    /// <summary>Why the changes of a resource must not be made; null when they may.</summary>
    public Failure? Refuse(NodeRun node) =>
        maxImpact is { } most && ImpactSummary.Gravest(node.Diff.Changes) > most ? FailureText.BeyondImpact(node.Node, node.Diff.Changes, most) : null;
}
