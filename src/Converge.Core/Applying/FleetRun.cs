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

    /// <summary>Told of everything that happens, from several threads one at a time. Null: nobody listens.</summary>
    public IProgress<RunEvent>? Progress { get; init; }

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
        var hosts = (_options.Hosts ?? graph.Fleet.Hosts).ToHashSet();
        _nodes = [.. graph.Nodes.Where(n => hosts.Contains(n.Host)).Select(n => new NodeRun(n))];
        var byNode = _nodes.ToDictionary(n => n.Node);
        foreach (var node in _nodes)
        {
            node.Dependencies = [.. node.Node.Dependencies.Select(d => byNode.GetValueOrDefault(d.To)).OfType<NodeRun>()];
        }

        var byHost = _nodes.ToLookup(n => n.Node.Host);
        _workers = [.. graph.Fleet.Hosts.Where(hosts.Contains).Select(h => new HostWorker(h, [.. byHost[h]], Tell, _undo))];
    }

    /// <summary>Request/answer exchanges so far, summed over the hosts.</summary>
    public int Exchanges => _workers.Sum(w => w.Exchanges);

    /// <summary>Connects to every host, asks everything in one exchange each, and says what has to change. Changes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<Plan> PlanAsync(CancellationToken ct = default)
    {
        await Task.WhenAll(_workers.Select(w => w.ProbeAsync(_connector, _options.Time, ct))).ConfigureAwait(false);
        DiffAll();
        _rolling = RollingOrder.Of(_fleet, _workers.Where(w => w.Failure is null).ToDictionary(w => w.Host, w => w.Facts!), _nodes);
        _plan = new Plan([.. _workers.Select(w => new HostPlan(
            w.Host, w.Facts, w.Failure is null ? [.. w.Nodes.Select(n => new ResourcePlan(n.Node, n.Diff.Changes, n.Diff.Failure))] : [], w.Failure))])
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
    /// <param name="ct">Stops the run: what runs is terminated, the rest is reported as skipped. Does not throw.</param>
    /// <exception cref="InvalidOperationException">The plan is not the one that this run made.</exception>
    public async Task<Report> ApplyAsync(Plan plan, CancellationToken ct = default)
    {
        if (!ReferenceEquals(plan, _plan))
        {
            throw new InvalidOperationException("apply takes the plan that the same run made");
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct, _options.Retreat);
        var rollout = new Rollout(_workers, _rolling, _undo, _options.Time, Tell);
        foreach (var worker in _workers)
        {
            worker.Keeps = Keeps;
        }

        await Task.WhenAll(_workers.Select(w => w.ApplyAsync(stopping.Token)).Append(rollout.RunAsync(stopping.Token))).ConfigureAwait(false);
        if (_options.Watch > TimeSpan.Zero && _nodes.Any(n => n.Result?.Outcome is Outcome.Changed))
        {
            await Task.Delay(_options.Watch, _options.Time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await rollout.EndAsync(_options.Retreat.IsCancellationRequested, Keeps).ConfigureAwait(false);
        var stopped = stopping.IsCancellationRequested && _nodes.Any(n => n.Result?.Outcome is Outcome.Skipped or Outcome.Failed);
        return new Report([.. _workers.Select(w => w.Report)], _options.Time.GetElapsedTime(_start), stopped);
    }

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool Keeps(NodeRun node) => _options.Retreat.CanBeCanceled || _rolling.Any(r => r.Gates.Count > 0 && r.Turns.Any(t => node.Turns.Contains(t)));

    // In the order of the graph, so that whoever comes later knows what is pending before it.
    private void DiffAll()
    {
        var reached = _workers.Where(w => w.Failure is null).ToDictionary(w => w.Host, w => w.Facts!);
        var pending = new Dictionary<NodeRun, IReadOnlyList<ResourceId>>();
        foreach (var node in _nodes)
        {
            var before = node.Dependencies.SelectMany(d => pending[d].Concat(d.Diff.Changes.Count > 0 ? [d.Node.Id] : [])).Distinct().ToList();
            pending[node] = before;
            if (reached.TryGetValue(node.Node.Host, out var facts))
            {
                node.Provisional = before.Count > 0;
                node.Diff = NodeDiff.Of(node.Node, node.Answers!, new DiffContext(facts, before) { Host = node.Node.Host.Name });
            }
        }
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
