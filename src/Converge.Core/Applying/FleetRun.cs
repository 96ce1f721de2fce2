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
    private readonly long _start;
    private Plan? _plan;

    /// <summary>Prepares a run; connects to nothing yet.</summary>
    public FleetRun(FleetGraph graph, IHostConnector connector, RunOptions? options = null)
    {
        (_connector, _options) = (connector, options ?? new RunOptions());
        _start = _options.Time.GetTimestamp();
        var hosts = (_options.Hosts ?? graph.Fleet.Hosts).ToHashSet();
        _nodes = [.. graph.Nodes.Where(n => hosts.Contains(n.Host)).Select(n => new NodeRun(n))];
        var byNode = _nodes.ToDictionary(n => n.Node);
        foreach (var node in _nodes)
        {
            node.Dependencies = [.. node.Node.Dependencies.Select(d => byNode.GetValueOrDefault(d.To)).OfType<NodeRun>()];
        }

        var byHost = _nodes.ToLookup(n => n.Node.Host);
        _workers = [.. graph.Fleet.Hosts.Where(hosts.Contains).Select(h => new HostWorker(h, [.. byHost[h]], Tell))];
    }

    /// <summary>Request/answer exchanges so far, summed over the hosts.</summary>
    public int Exchanges => _workers.Sum(w => w.Exchanges);

    /// <summary>Connects to every host, asks everything in one exchange each, and says what has to change. Changes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<Plan> PlanAsync(CancellationToken ct = default)
    {
        await Task.WhenAll(_workers.Select(w => w.ProbeAsync(_connector, _options, ct))).ConfigureAwait(false);
        DiffAll();
        _plan = new Plan([.. _workers.Select(w => new HostPlan(
            w.Host, w.Facts, w.Failure is null ? [.. w.Nodes.Select(n => new ResourcePlan(n.Node, n.Diff.Changes, n.Diff.Failure))] : [], w.Failure))]);
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

        await Task.WhenAll(_workers.Select(w => w.ApplyAsync(ct, noMoreSteps))).ConfigureAwait(false);
        var stopped = (ct.IsCancellationRequested || noMoreSteps.IsCancellationRequested) && _nodes.Any(n => n.Result?.Outcome is Outcome.Skipped or Outcome.Failed);
        return new Report([.. _workers.Select(w => w.Report)], _options.Time.GetElapsedTime(_start), stopped);
    }

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_workers.Select(w => w.DisposeAsync().AsTask())).ConfigureAwait(false);

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
