using System;
using System.Collections.Generic;
using System.Linq;
using Converge.Applying;
using Converge.Planning;
using Converge.Probing;

namespace Converge.Cli.Output;

/// <summary>The counts that end every run.</summary>
internal sealed record Summary
{
    /// <summary>Hosts that the run was about.</summary>
    public int Hosts { get; init; }

    public int Unchanged { get; init; }

    /// <summary>Changed by an apply; to be changed according to a plan.</summary>
    public int Changed { get; init; }

    /// <summary>Decided only after something else has changed. Plans only.</summary>
    public int MayChange { get; init; }

    /// <summary>Resources that failed and hosts that were not reached.</summary>
    public int Failed { get; init; }

    public int Skipped { get; init; }

    public TimeSpan Duration { get; init; }

    public int Exchanges { get; init; }

    /// <summary>Resources that were changed and put back. Applies only.</summary>
    public int Undone { get; init; }

    /// <summary>Null: nothing was probed.</summary>
    public ProbeReport? Probe { get; init; }

    public static Summary Of(Plan plan, TimeSpan duration, int exchanges) => new()
    {
        Hosts = plan.Hosts.Count,
        Unchanged = plan.Resources.Count(r => r.Changes.Count == 0 && r.Failure is null),
        Changed = plan.Resources.Count(r => r.Changes.Count > 0 && !r.Undecided),
        MayChange = plan.Resources.Count(r => r.Undecided),
        Failed = plan.Resources.Count(r => r.Failure is not null) + plan.Hosts.Count(h => h.Failure is not null),
        Duration = duration,
        Exchanges = exchanges,
    };

    public static Summary Of(Report report) => new()
    {
        Hosts = report.Hosts.Count,
        Unchanged = report.Count(Outcome.Unchanged),
        Changed = report.Count(Outcome.Changed),
        Failed = report.Count(Outcome.Failed) + report.Hosts.Count(h => h.Failure is not null),
        Skipped = report.Count(Outcome.Skipped),
        Undone = report.Undone,
        Duration = report.Duration,
        Exchanges = report.Exchanges,
    };

    /// <summary><c>2 reloads, 1 restart</c>: each resource counts once, with its gravest impact; harmless ones do not.</summary>
    public static string Impacts(IEnumerable<ResourcePlan> resources)
    {
        var impacts = resources.Where(r => r.Changes.Count > 0).Select(r => r.Changes.Max(c => c.Undecided ? Impact.None : c.Impact)).ToList();
        (Impact Impact, string One, string Many)[] words =
        [
            (Impact.Reload, "reload", "reloads"),
            (Impact.Restart, "restart", "restarts"),
            (Impact.Failover, "failover", "failovers"),
            (Impact.Data, "change of data", "changes of data"),
        ];
        return string.Join(", ", words
            .Select(w => (Count: impacts.Count(i => i == w.Impact), w.One, w.Many))
            .Where(w => w.Count > 0)
            .Select(w => $"{w.Count} {(w.Count == 1 ? w.One : w.Many)}"));
    }
}
