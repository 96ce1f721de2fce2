using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Planning;
using Converge.Sessions;

namespace Converge.Applying;

/// <summary>One host of a run: its connection and its resources. Nothing here is shared with other hosts but finished results.</summary>
internal sealed class HostWorker(Host host, IReadOnlyList<NodeRun> nodes, Action<RunEvent> tell) : IAsyncDisposable
{
    private IHostSession? _session;
    private IHostConnector? _connector;
    private TimeProvider _time = TimeProvider.System;
    private const string Stopped = "the run was stopped";

    private int _exchange;
    private string _lost = "was not reached";

    public Host Host { get; } = host;

    public IReadOnlyList<NodeRun> Nodes { get; } = nodes;

    public HostFacts? Facts { get; private set; }

    public Failure? Failure { get; private set; }

    public int Exchanges => _session?.Exchanges ?? 0;

    public HostReport Report => new(Host, [.. Nodes.Where(n => n.Result is not null).Select(n => n.Result!)], Failure, Exchanges);

    /// <summary>Connects and asks everything. A host that cannot be reached is a <see cref="Failure"/>, not an exception.</summary>
    public async Task ProbeAsync(IHostConnector connector, RunOptions options, CancellationToken ct)
    {
        try
        {
            tell(new HostConnecting(Host));
            var time = options.Time;
            var start = time.GetTimestamp();
            _connector = connector;
            _time = options.Time;
            _session = await connector.ConnectAsync(Host, ct).ConfigureAwait(false);
            tell(new HostConnected(Host, time.GetElapsedTime(start)));

            var probe = new ProbeBatch(Nodes.Select(n => n.Node), withFacts: true);
            var answers = probe.Read(await (options.LockWait is { } patience
                ? new HostLock(Host, patience, time, tell).AskAsync(_session, probe.Items, ct)
                : _session.ExchangeAsync(probe.Items, null, ct)).ConfigureAwait(false));
            Facts = (HostFacts)answers[FactsQuestion.Question];
            Remember(Nodes, answers);
        }
        catch (Exception e) when (e is HostUnreachableException or ProbeException or HostLockedException)
        {
            Fail((ConvergeException)e);
        }
    }

    /// <summary>Brings all resources of the host to an end.</summary>
    public async Task ApplyAsync(CancellationToken ct, CancellationToken noMoreSteps)
    {
        try
        {
            while (Failure is null && Nodes.Any(n => !n.IsDone))
            {
                Settle();
                var ready = Nodes.Where(n => n.IsReady).ToList();
                if (noMoreSteps.IsCancellationRequested)
                {
                    SkipRest(Stopped);
                }
                else if (ready.Count > 0)
                {
                    await RunWaveAsync(ready, ct, noMoreSteps).ConfigureAwait(false);
                }
                else if (OtherHostsWork() is { Count: > 0 } elsewhere)
                {
                    await Task.WhenAny(elsewhere).WaitAsync(ct).ConfigureAwait(false);
                }
            }
        }
        catch (HostUnreachableException e)
        {
            Fail(e);
        }
        catch (OperationCanceledException)
        {
            SkipRest(Stopped);
        }

        SkipRest($"{Host.Name} {_lost}");
        tell(new HostFinished(Host, Report));
    }

    public ValueTask DisposeAsync() => _session?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Empty also when the last of it has just ended on its own thread: then the next look finds something ready.
    private List<Task> OtherHostsWork() =>
        [.. Nodes.Where(n => !n.IsDone).SelectMany(n => n.Dependencies).Where(d => d.Node.Host != Host && !d.IsDone).Select(d => d.Done)];

    // Finishes, without talking to the host, all that has nothing to do.
    private void Settle()
    {
        for (var progress = true; progress;)
        {
            progress = false;
            foreach (var node in Nodes.Where(n => n.IsReady))
            {
                progress |= TrySettle(node);
            }
        }
    }

    private bool TrySettle(NodeRun node)
    {
        if (node.Dependencies.Select(d => d.Cause).FirstOrDefault(c => c is not null) is { } cause)
        {
            var hadWork = node.Diff.Changes.Count > 0 || node.Diff.Failure is not null;
            return Finish(node, hadWork ? Outcome.Skipped : Outcome.Unchanged, cause: cause);
        }

        if (node.IsStale)
        {
            return false;
        }

        if (node.Provisional)
        {
            node.Diff = NodeDiff.Settled(node.Node, node.Answers!, Facts!);
            node.Provisional = false;
        }

        if (node.Diff.Failure is { } failure)
        {
            return Finish(node, Outcome.Failed, failure);
        }

        return node.Diff.Changes.Count == 0 && Finish(node, Outcome.Unchanged);
    }

    // One exchange: the steps of all that is ready, then the proof, then the questions of what comes next.
    private async Task RunWaveAsync(List<NodeRun> ready, CancellationToken ct, CancellationToken noMoreSteps)
    {
        var acting = ready.Where(n => !n.IsStale).ToList();
        StepBatch steps;
        try
        {
            steps = new StepBatch(acting, Facts!);
        }
        catch (ConvergeException)
        {
            FailUnresolvable(acting);
            return;
        }

        // All that is below is asked as well: most of it turns out to be as it shall be, and then needs no trip of its own.
        var asked = Nodes.Where(n => !n.IsDone && (ready.Contains(n) || n.IsBelow(acting))).ToList();
        var probe = new ProbeBatch(asked.Select(n => n.Node));
        if (acting.Count > 0)
        {
            tell(new WaveStarted(Host, [.. acting.Select(n => n.Node)]));
        }

        _exchange++;
        var progress = new WaveProgress(this, steps);
        try
        {
            var results = await _session!.ExchangeAsync([.. steps.Items, .. probe.Items], progress, ct, noMoreSteps).ConfigureAwait(false);
            Remember(asked, probe.Read(results.Skip(steps.Items.Count)));
            foreach (var node in acting)
            {
                await ConcludeAsync(node, steps, results, ct).ConfigureAwait(false);
            }

            foreach (var node in asked.Except(acting))
            {
                node.Diff = NodeDiff.Settled(node.Node, node.Answers!, Facts!);
                node.Provisional = true;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HostUnreachableException)
        {
            // Those whose steps had not begun are skipped with the rest. What a lost host has begun cannot be known.
            foreach (var node in acting.Where(n => !n.IsDone).Where(n => e is HostUnreachableException || steps.Concerns(n, progress.Begun)))
            {
                Finish(node, Outcome.Failed, Interrupted(node, e is OperationCanceledException ? "the run was stopped while its steps ran" : e.Message));
            }

            throw;
        }
    }

    private async Task ConcludeAsync(NodeRun node, StepBatch batch, IReadOnlyList<ItemResult> results, CancellationToken ct)
    {
        node.ChangedAt = _exchange;
        var changes = node.Diff.Changes;
        var ran = batch.ResultsOf(node, results);
        var failed = ran.FirstOrDefault(r => !StepBatch.Succeeded(r.Step, r.Result));
        var after = NodeDiff.Settled(node.Node, node.Answers!, Facts!);
        var reached = after.Failure is null && after.Changes.Count == 0;

        var ways = changes.Select(c => c.WayBack).OfType<WayBack>().ToList();
        var fresh = new FreshConnection(Host, _connector!, _session!, _time);
        if (ways.Count > 0 && ran.Count > 0 && !reached)
        {
            await fresh.PutBackAsync(ways, ct).ConfigureAwait(false);
        }

        // Left out because no more steps were wanted: all of it, or the rest.
        if (!reached && failed.Step is null && ran.Count < batch.CountOf(node))
        {
            _ = ran.Count == 0
                ? Finish(node, Outcome.Skipped, cause: Stopped)
                : Finish(node, Outcome.Failed, Interrupted(node, "the run was stopped before all of its steps had run"), changes: changes);
        }

        // A pooled step that failed for others may have done all that this resource wants.
        else if (failed.Step is not null && !(reached && batch.IsPooled(node)))
        {
            Finish(node, Outcome.Failed, FailureText.FromStep(node.Node, failed.Step, failed.Result), changes: changes);
        }
        else if (!reached)
        {
            Finish(node, Outcome.Failed, after.Failure ?? FailureText.NotConverged(node.Node, after.Changes, ran), changes: changes);
        }
        else if (ways.Count > 0 && await fresh.ConfirmAsync(ways, ct).ConfigureAwait(false) is { } words)
        {
            Finish(node, Outcome.Failed, FailureText.From(node.Node, "put back", new ConvergeException(words)), changes: changes);
        }
        else
        {
            Finish(node, Outcome.Changed, changes: changes);
        }
    }

    private static Failure Interrupted(NodeRun node, string words) =>
        FailureText.From(node.Node, "interrupted", new ConvergeException(words, "Run again: what is unfinished is found and finished."));

    private void FailUnresolvable(List<NodeRun> acting)
    {
        foreach (var node in acting)
        {
            try
            {
                _ = new StepBatch([node], Facts!);
            }
            catch (ConvergeException e)
            {
                Finish(node, Outcome.Failed, FailureText.From(node.Node, "cannot be as described", e));
            }
        }
    }

    private void Remember(IEnumerable<NodeRun> asked, ProbeAnswers answers)
    {
        foreach (var node in asked)
        {
            node.Answers = answers;
            node.ProbedAt = _exchange;
        }
    }

    private bool Finish(NodeRun node, Outcome outcome, Failure? failure = null, string? cause = null, IReadOnlyList<Change>? changes = null)
    {
        var result = new ResourceResult(node.Node, outcome, changes ?? node.Diff.Changes, failure, outcome == Outcome.Skipped ? cause : null);
        node.Finish(result, cause);
        tell(new ResourceFinished(Host, result));
        return true;
    }

    private void Fail(ConvergeException e)
    {
        _lost = e is HostLockedException ? "is locked" : _lost;
        Failure = FailureText.FromHost(Host, e);
        tell(new HostFailed(Host, Failure));
    }

    private void SkipRest(string because)
    {
        foreach (var node in Nodes.Where(n => !n.IsDone))
        {
            Finish(node, Outcome.Skipped, cause: because);
        }
    }

    private sealed class WaveProgress(HostWorker worker, StepBatch steps) : IProgress<ItemProgress>
    {
        /// <summary>Items whose start was told.</summary>
        public HashSet<int> Begun { get; } = [];

        public void Report(ItemProgress value)
        {
            if (value.Index >= steps.Items.Count)
            {
                return;
            }

            var (node, step) = steps[value.Index];
            if (value.Phase == ItemPhase.Started)
            {
                Begun.Add(value.Index);
                worker.Tell(new StepStarted(worker.Host, node, step));
            }
            else if (value.Phase == ItemPhase.Output)
            {
                worker.Tell(new StepOutput(worker.Host, node, Redaction.Clean(value.Line ?? "")));
            }
        }
    }

    private void Tell(RunEvent happened) => tell(happened);
}
