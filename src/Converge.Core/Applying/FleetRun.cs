using System;
using System.Collections.Generic;
using System.Linq;
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

    /// <summary>
    /// Takes the lock of every host with the first exchange, so that one run at a time works on it, and keeps it until the run is disposed of. How
    /// long to wait for another run that has it; zero: not at all. Null: no lock is taken, for runs that only plan.
    /// </summary>
    public TimeSpan? LockWait { get; init; }

    /// <summary>Told of everything that happens, from several threads one at a time. Null: nobody listens.</summary>
    public IProgress<RunEvent>? Progress { get; init; }

    /// <summary>The gravest impact that apply may have; a resource that would have a graver one is refused at its turn. Null: any.</summary>
    public Impact? MaxImpact { get; init; }

    /// <summary>Exactly this is applied: what has drifted since is refused, resource by resource. Null: what is found to be needed.</summary>
    public SavedPlan? Saved { get; init; }

    /// <summary>The key that <see cref="Saved"/> was made with.</summary>
    public PlanKey? SavedKey { get; init; }

    /// <summary>When cancelled, the run stops and what it changed is undone, except where a gate has passed. Default: never.</summary>
    public CancellationToken Retreat { get; init; }

    /// <summary>How long after the last change <see cref="Retreat"/> may still come. Default: not at all.</summary>
    public TimeSpan Watch { get; init; }

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
public sealed class FleetRun : IAsyncDisposable
{
    private readonly IHostConnector _connector;
    private readonly RunOptions _options;
    private readonly Lock _telling = new();
    private readonly IReadOnlyList<NodeRun> _nodes;
    private readonly IReadOnlyList<HostWorker> _workers;
    private readonly ApplyLimits _limits;
    private readonly UndoSteps _undo = new(Guid.NewGuid().ToString("N"));
    private readonly Fleet _fleet;
    private IReadOnlyList<RollingRun> _rolling = [];
    private readonly long _start;
    private Plan? _plan;

    /// <summary>Prepares a run; connects to nothing yet.</summary>
    public FleetRun(FleetGraph graph, IHostConnector connector, RunOptions? options = null)
    {
        (_connector, _options, _fleet) = (connector, options ?? new RunOptions(), graph.Fleet);
        _start = _options.Time.GetTimestamp();
        _limits = new ApplyLimits(_options.MaxImpact, _options is { Saved: { } saved, SavedKey: { } key } ? new SavedPlanCheck(saved, key) : null);
        var hosts = (_options.Hosts ?? graph.Fleet.Hosts).ToHashSet();
        _nodes = [.. graph.Nodes.Where(n => hosts.Contains(n.Host)).Select(n => new NodeRun(n))];
        var byNode = _nodes.ToDictionary(n => n.Node);
        foreach (var node in _nodes)
        {
            node.Dependencies = [.. node.Node.Dependencies.Select(d => byNode.GetValueOrDefault(d.To)).OfType<NodeRun>()];
        }

        var byHost = _nodes.ToLookup(n => n.Node.Host);
        _workers = [.. graph.Fleet.Hosts.Where(hosts.Contains).Select(h => new HostWorker(h, [.. byHost[h]], Tell, _undo) { Limits = _limits })];
    }

    /// <summary>Request/answer exchanges so far, summed over the hosts.</summary>
    public int Exchanges => _workers.Sum(w => w.Exchanges);

    /// <summary>Connects to every host, asks everything in one exchange each, and says what has to change. Changes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<Plan> PlanAsync(CancellationToken ct = default)
    {
        await Task.WhenAll(_workers.Select(w => w.ProbeAsync(_connector, _options, ct))).ConfigureAwait(false);
        DiffAll();
        _rolling = RollingOrder.Of(_fleet, _workers.Where(w => w.Failure is null).ToDictionary(w => w.Host, w => w.Facts!), _nodes);
        _plan = new Plan([.. _workers.Select(w => new HostPlan(
            w.Host, w.Facts, w.Failure is null ? [.. w.Nodes.Select(n => n.Plan)] : [], w.Failure))])
        {
            Rolling = [.. _rolling.Select(r => new RollingPlan([.. r.Turns.Select(t => t.Hosts)], r.Gates))],
            NotUndoable = [.. _nodes.Where(n => Keeps(n) && UndoSteps.CannotUndo(n.Diff.Changes)).Select(n => n.Node)],
        };
        foreach (var host in _plan.Hosts.Where(h => h.Failure is null))
        {
            Tell(new HostPlanned(host.Host, host));
        }

        return _plan;
    }

    /// <summary>Does what the plan says, host by host in parallel, each resource when what it depends on is done.</summary>
    /// <param name="plan">From <see cref="PlanAsync"/> of this run.</param>
    /// <param name="ct">Stops the run now: what runs is terminated, the rest is reported as skipped. Does not throw.</param>
    /// <param name="noMoreSteps">Ends the run in order: the step that runs is let end, what is done by then is seen and reported, the rest is skipped.</param>
    /// <exception cref="InvalidOperationException">The plan is not the one that this run made.</exception>
    public async Task<Report> ApplyAsync(Plan plan, CancellationToken ct = default, CancellationToken noMoreSteps = default)
    {
        if (!ReferenceEquals(plan, _plan))
        {
            throw new InvalidOperationException("apply takes the plan that the same run made");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(noMoreSteps, _options.Retreat);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct, ending.Token);
        var rollout = new Rollout(_workers, _rolling, _undo, _options.Time, Tell);
        foreach (var worker in _workers)
        {
            worker.Keeps = Keeps;
        }

        await Task.WhenAll(_workers.Select(w => w.ApplyAsync(ct, ending.Token)).Append(rollout.RunAsync(stopping.Token))).ConfigureAwait(false);
        if (_options.Watch > TimeSpan.Zero && _nodes.Any(n => n.Result?.Outcome is Outcome.Changed))
        {
            await Task.Delay(_options.Watch, _options.Time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await rollout.EndAsync(_options.Retreat.IsCancellationRequested, Keeps).ConfigureAwait(false);
        var stopped = stopping.IsCancellationRequested && _nodes.Any(n => n.Result?.Outcome is Outcome.Skipped or Outcome.Failed);
        return new Report([.. _workers.Select(w => w.Report)], _options.Time.GetElapsedTime(_start), stopped);
    }

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_workers.Select(w => w.DisposeAsync().AsTask())).ConfigureAwait(false);

    private bool Keeps(NodeRun node) => _options.Retreat.CanBeCanceled || _rolling.Any(r => r.Gates.Count > 0 && r.Turns.Any(t => node.Turns.Contains(t)));

    // In the order of the graph, so that whoever comes later knows what is pending before it.
    private void DiffAll()
    {
        var reached = _workers.Where(w => w.Failure is null).ToDictionary(w => w.Host, w => w.Facts!);
        foreach (var node in _nodes)
        {
            node.Pending = PendingBefore(node);
            if (reached.TryGetValue(node.Node.Host, out var facts))
            {
                node.Provisional = node.Pending.Count > 0;
                node.Diff = NodeDiff.Of(node.Node, node.Answers!, ContextOf(node, facts));
                node.Refusal = _limits.RefuseDrift(node.Plan, facts);
            }
        }
    }

    private static DiffContext ContextOf(NodeRun node, HostFacts facts) => node.Pending.Count == 0
        ? new DiffContext(facts, []) { Host = node.Node.Host.Name }
        : new DiffContext(facts, [.. node.Pending.Select(b => b.Node.Id)])
        {
            Host = node.Node.Host.Name,
            Coming = [.. node.Pending.Where(b => b.Node.Host == node.Node.Host).SelectMany(b => b.Node.Resource.Brings.Select(what => (b.Node.Id, what)))],
        };

    private static IReadOnlyList<NodeRun> PendingBefore(NodeRun node)
    {
        var unsettled = node.Dependencies.Where(d => d.Pending.Count > 0 || d.Diff.Changes.Count > 0);
        return unsettled.Any() ? [.. unsettled.SelectMany(d => d.Diff.Changes.Count > 0 ? d.Pending.Append(d) : d.Pending).Distinct()] : [];
    }

    private void Tell(RunEvent happened)
    {
        if (_options.Progress is { } progress)
        {
            lock (_telling)
            {
                progress.Report(happened);
            }
        }
    }
}
