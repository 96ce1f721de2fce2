using System;
using System.Collections.Generic;
using System.Linq;
using Converge.Graph;
using Converge.Planning;

namespace Converge.Applying;

/// <summary>How a resource ended.</summary>
public enum Outcome
{
    /// <summary>It was as it shall be.</summary>
    Unchanged,

    /// <summary>It was changed, and seen to be as it shall be.</summary>
    Changed,

    /// <summary>It could not be read or changed, or did not become what it shall be.</summary>
    Failed,

    /// <summary>Something that it depends on failed, or the run was stopped before its turn.</summary>
    Skipped,
}

/// <summary>How one resource ended.</summary>
/// <param name="Node">Which.</param>
/// <param name="Outcome">How.</param>
/// <param name="Changes">What was changed, or was to be.</param>
/// <param name="Failure">Null unless it failed.</param>
/// <param name="SkippedBecause">The one cause: <c>package nginx on web1 failed</c>; null unless it was skipped.</param>
public sealed record ResourceResult(ResourceNode Node, Outcome Outcome, IReadOnlyList<Change> Changes, Failure? Failure = null, string? SkippedBecause = null);

/// <summary>What was undone on a host.</summary>
/// <param name="Because">Why: <c>gate http://10.77.0.31:8000/ failed: answered 500</c>.</param>
/// <param name="Resources">That were put back.</param>
/// <param name="Left">What could not be undone, or failed to be: <c>package nginx</c>, <c>put back /etc/motd: …</c>.</param>
public sealed record Undone(string Because, IReadOnlyList<ResourceNode> Resources, IReadOnlyList<string> Left);

/// <summary>How one host ended.</summary>
/// <param name="Host">Which.</param>
/// <param name="Resources">In the order of the script.</param>
/// <param name="Failure">Why it could not be reached or was lost midway; null otherwise.</param>
/// <param name="Exchanges">Request/answer exchanges, the handshake not counted.</param>
public sealed record HostReport(Host Host, IReadOnlyList<ResourceResult> Resources, Failure? Failure, int Exchanges)
{
    /// <summary>What was undone; usually nothing.</summary>
    public IReadOnlyList<Undone> Undone { get; init; } = [];
}

/// <summary>How a run ended.</summary>
/// <param name="Hosts">In the order of the script.</param>
/// <param name="Duration">Of the whole run, from the first connection.</param>
/// <param name="Stopped">It was cancelled before its end.</param>
public sealed record Report(IReadOnlyList<HostReport> Hosts, TimeSpan Duration, bool Stopped = false)
{
    /// <summary>All results.</summary>
    public IEnumerable<ResourceResult> Resources => Hosts.SelectMany(h => h.Resources);

    /// <summary>Summed over the hosts.</summary>
    public int Exchanges => Hosts.Sum(h => h.Exchanges);

    /// <summary>Nothing failed, nothing was skipped, every host was reached.</summary>
    public bool Succeeded => !Stopped && Hosts.All(h => h.Failure is null && h.Undone.Count == 0) && Resources.All(r => r.Outcome is Outcome.Unchanged or Outcome.Changed);

    /// <summary>Resources that were changed and then put back.</summary>
    public int Undone => Hosts.SelectMany(h => h.Undone).Sum(u => u.Resources.Count);

    /// <summary>Resources that ended so.</summary>
    public int Count(Outcome outcome) => Resources.Count(r => r.Outcome == outcome);
}
