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

    /// <summary>What was done, or is to be done, to what is running.</summary>
    public IReadOnlyList<ImpactSummary> Impacts { get; init; } = [];

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
        Impacts = ImpactSummary.Of(plan),
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
        Impacts = ImpactSummary.Of(report.Resources.Where(r => r.Outcome == Outcome.Changed).Select(r => (r.Node, r.Changes))),
        Skipped = report.Count(Outcome.Skipped),
        Undone = report.Undone,
        Duration = report.Duration,
        Exchanges = report.Exchanges,
    };
}
