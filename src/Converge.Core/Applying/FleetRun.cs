using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Converge.Graph;
using Converge.Planning;
using Converge.Sessions;

namespace Converge.Applying;

/// <summary>How a run behaves.</summary>
public sealed record RunOptions
{
    /// <summary>The hosts to plan and apply; what they need of other hosts is taken to be there. Null: all.</summary>
    public IReadOnlyList<Host>? Hosts { get; init; }

    /// <summary>Told of everything that happens, from several threads one at a time. Null: nobody listens.</summary>
    public IProgress<RunEvent>? Progress { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>One run over a fleet: plan, then apply over the same connections. Dispose closes them.</summary>
/// <example>
/// <code>
/// await using var run = new FleetRun(FleetGraph.Build(fleet), new SshConnector(new SshOptions()));
/// var plan = await run.PlanAsync(ct);
/// var report = await run.ApplyAsync(plan, ct);
/// </code>
/// </example>
public sealed class FleetRun(FleetGraph graph, IHostConnector connector, RunOptions? options = null) : IAsyncDisposable
{
    /// <summary>Connects to every host, asks everything in one exchange each, and says what has to change. Changes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<Plan> PlanAsync(CancellationToken ct = default) => throw new NotSupportedException($"{graph} {connector} {options} {ct}");

    /// <summary>Does what the plan says, host by host in parallel, each resource when what it depends on is done.</summary>
    /// <param name="plan">From <see cref="PlanAsync"/> of this run.</param>
    /// <param name="ct">Stops the run: what runs is terminated, the rest is reported as skipped. Does not throw.</param>
    public Task<Report> ApplyAsync(Plan plan, CancellationToken ct = default) => throw new NotSupportedException($"{plan} {ct}");

    /// <summary>Closes all connections.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
