using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Planning;
using Converge.Sessions;

namespace Converge.Applying;

/// <summary>One host of a run: its connection and its resources. Nothing here is shared with other hosts but finished results.</summary>
internal sealed class HostWorker(Host host, IReadOnlyList<NodeRun> nodes, Action<RunEvent> tell, UndoSteps undo) : IAsyncDisposable
{
    private readonly List<Undone> _undone = [];
    private readonly ArmedWays _ways = new();
    private HostLink? _link;
    private FreshConnection? _fresh;
    private const string Stopped = "the run was stopped";

    private int _exchange;
    private string _lost = "was not reached";

    public Host Host { get; } = host;

    public IReadOnlyList<NodeRun> Nodes { get; } = nodes;

    /// <summary>What may be done at all.</summary>
    public required ApplyLimits Limits { get; init; }

    public HostFacts? Facts { get; private set; }

    public Failure? Failure { get; private set; }

    public int Exchanges => _link?.Exchanges ?? 0;

    public HostReport Report => new(Host, [.. Nodes.Where(n => n.Result is not null).Select(n => n.Result!)], Failure, Exchanges) { Undone = _undone };

    /// <summary>Whether what a resource replaces shall be kept, so that it can be undone.</summary>
    public Func<NodeRun, bool> Keeps { get; set; } = _ => false;

    /// <summary>Connects and asks everything. A host that cannot be reached is a <see cref="Failure"/>, not an exception.</summary>
    public async Task ProbeAsync(IHostConnector connector, RunOptions options, CancellationToken ct)
    {
        try
        {
            tell(new HostConnecting(Host));
            var time = options.Time;
            var start = time.GetTimestamp();
            _link = new HostLink(Host, connector);
            _fresh = new FreshConnection(_link, time);
            await _link.ConnectAsync(ct).ConfigureAwait(false);
            tell(new HostConnected(Host, time.GetElapsedTime(start)));

            var probe = new ProbeBatch(Nodes.Select(n => n.Node), withFacts: true);
            var answers = probe.Read(await (options.LockWait is { } patience
                ? _link.AskLockedAsync(new HostLock(Host, patience, time, tell), probe.Items, ct)
                : _link.ExchangeAsync(probe.Items, null, ct)).ConfigureAwait(false));
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
                // Before the look at what is ready: what ends elsewhere during it is then not waited for, but wakes us at once.
                var elsewhere = OtherHostsWork();
                var ready = Settle();
                if (!await TryConfirmRestAsync(ct).ConfigureAwait(false))
                {
                    break;
                }
                if (noMoreSteps.IsCancellationRequested)
                {
                    SkipRest(Stopped);
                    await TryConfirmRestAsync(ct).ConfigureAwait(false);
                }
                else if (ready.Count > 0)
                {
                    await RunWaveAsync(ready, ct, noMoreSteps).ConfigureAwait(false);
                }
                else if (elsewhere.Count > 0)
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

    /// <summary>Runs steps besides those of the resources, also while these are at work.</summary>
    public Task<IReadOnlyList<ItemResult>> RunAsync(IReadOnlyList<Step> steps, CancellationToken ct) =>
        _link!.ExchangeAsync([.. steps.Select((s, i) => new StepItem(s, StepBatch.Payload(s, Facts!), i))], null, ct);

    /// <summary>Puts back what these resources changed.</summary>
    public async Task UndoAsync(IReadOnlyList<NodeRun> changed, string because)
    {
        var steps = undo.Undo(changed);
        var left = changed.Where(n => UndoSteps.CannotUndo(n.Result!.Changes)).Select(n => n.Node.Resource.ToString()).ToList();
        try
        {
            // Not to be stopped by what stops the run: it is the way out of it.
            var results = await RunAsync(steps, CancellationToken.None).ConfigureAwait(false);
            left.AddRange(steps.Zip(results).Where(s => s.Second.Answer?.ExitCode != 0).Select(s => $"{s.First.Describe()}: {ToolWords.OneLine(s.Second.Answer)}"));
        }
        catch (HostUnreachableException e)
        {
            left.Add(e.Message);
        }

        var done = new Undone(because, [.. changed.Select(n => n.Node)], [.. left.Select(Redaction.Clean)]);
        _undone.Add(done);
        tell(new HostUndone(Host, done));
    }

    public async ValueTask DisposeAsync()
    {
        if (_link is not null)
        {
            await _link.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Empty also when the last of it has just ended on its own thread: then the next look finds something ready.
    private List<Task> OtherHostsWork() =>
        [.. Nodes.Where(n => !n.IsDone).SelectMany(n => n.Waits).Where(t => !t.IsCompleted)];

    // Finishes, without talking to the host, all that has nothing to do or must not do it. Gives what is left of what it looked at: another
    // host may make more ready at any moment, which nobody has judged yet.
    private List<NodeRun> Settle()
    {
        var ready = new List<NodeRun>();
        for (var progress = true; progress;)
        {
            ready.Clear();
            progress = false;
            foreach (var node in Nodes.Where(n => n.IsReady))
            {
                progress |= TrySettle(node);
                ready.Add(node);
            }
        }

        return ready;
    }

    private bool TrySettle(NodeRun node)
    {
        if (node.CauseBefore is { } cause)
        {
            var hadWork = node.Diff.Changes.Count > 0 || node.Diff.Failure is not null;
            return Finish(node, hadWork ? Outcome.Skipped : Outcome.Unchanged, cause: cause);
        }

        if (node.Refusal is { } refused)
        {
            return Finish(node, Outcome.Failed, refused);
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

        if (node.Diff.Changes.Count == 0)
        {
            return Finish(node, Outcome.Unchanged);
        }

        return Limits.Refuse(node) is { } refusal && Finish(node, Outcome.Failed, refusal);
    }

    // One exchange: the steps of all that is ready, then the proof, then the questions of what comes next.
    private async Task RunWaveAsync(List<NodeRun> ready, CancellationToken ct, CancellationToken noMoreSteps)
    {
        // What takes in a change that may have cut us off goes alone, and such a change goes last: the host's time for it runs.
        ready = ready.Exists(_ways.WaitFor) ? [.. ready.Where(_ways.WaitFor)] : ready;
        List<NodeRun> acting = [.. ready.Where(n => !n.IsStale).OrderBy(ArmedWays.Has)];
        StepBatch steps;
        try
        {
            steps = new StepBatch(acting, Facts!, (node, step) => Keeps(node) ? undo.Keep(step) : null);
        }
        catch (ConvergeException)
        {
            FailUnresolvable(acting);
            return;
        }

        // All that is below is asked as well: most of it turns out to be as it shall be, and then needs no trip of its own.
        var asked = WithAllBelow(ready, acting);
        var probe = new ProbeBatch(asked.Select(n => n.Node));
        if (acting.Count > 0)
        {
            tell(new WaveStarted(Host, [.. acting.Select(n => n.Node)]));
        }

        _exchange++;
        var progress = new WaveProgress(Host, steps, tell);
        try
        {
            var results = await _link!.ExchangeAsync([.. steps.Items, .. probe.Items], progress, ct, noMoreSteps).ConfigureAwait(false);
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
            var back = e is HostUnreachableException ? await _fresh!.AwaitReturnAsync(_ways.At(acting), ct).ConfigureAwait(false) : "";
            foreach (var node in acting.Where(n => !n.IsDone).Where(n => e is HostUnreachableException || steps.Concerns(n, progress.Begun)))
            {
                Finish(node, Outcome.Failed, Interrupted(node, (e is OperationCanceledException ? "the run was stopped while its steps ran" : e.Message) + (_ways.At([node]).Count > 0 ? back : "")));
            }

            throw;
        }
    }

    // Nobody takes it in any more: whoever would have, had nothing to do or was skipped.
    private async Task<bool> TryConfirmRestAsync(CancellationToken ct)
    {
        if (_ways.TakeRest(Nodes) is { Count: > 0 } ways && await _fresh!.ConfirmAsync(ways, ct).ConfigureAwait(false) is { } notConfirmed)
        {
            Fail(notConfirmed);
        }

        return Failure is null;
    }

    // In the order of the graph, so that one pass finds all that is below.
    private List<NodeRun> WithAllBelow(List<NodeRun> ready, List<NodeRun> acting)
    {
        var (wanted, below) = (ready.ToHashSet(), acting.ToHashSet());
        foreach (var node in Nodes)
        {
            if (node.Before.Any(below.Contains))
            {
                below.Add(node);
            }
        }

        wanted.UnionWith(below);
        return [.. Nodes.Where(n => !n.IsDone && wanted.Contains(n))];
    }

    private async Task ConcludeAsync(NodeRun node, StepBatch batch, IReadOnlyList<ItemResult> results, CancellationToken ct)
    {
        node.ChangedAt = _exchange;
        var changes = node.Diff.Changes;
        var ran = batch.ResultsOf(node, results);
        var failed = ran.FirstOrDefault(r => !StepBatch.Succeeded(r.Step, r.Result));
        var after = NodeDiff.Settled(node.Node, node.Answers!, Facts!);
        var reached = after.Failure is null && after.Changes.Count == 0;

        var ways = _ways.Take(node, Nodes, armed: ran.Count > 0, reached);
        if (ways.Count > 0 && !reached)
        {
            await _fresh!.PutBackAsync(ways, ct).ConfigureAwait(false);
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
        else if (ways.Count > 0 && await _fresh!.ConfirmAsync(ways, ct).ConfigureAwait(false) is { } notConfirmed)
        {
            Finish(node, Outcome.Failed, FailureText.From(node.Node, "put back", notConfirmed), changes: changes);
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
}
