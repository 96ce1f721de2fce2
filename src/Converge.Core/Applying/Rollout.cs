using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Applying;

/// <summary>All rolling changes of a run, and the way back from them.</summary>
internal sealed class Rollout(IReadOnlyList<HostWorker> workers, IReadOnlyList<RollingRun> rolling, UndoSteps undo, TimeProvider time, Action<RunEvent> tell)
{
    private readonly HashSet<NodeRun> _settled = [];

    /// <summary>Gives every batch its turn.</summary>
    public Task RunAsync(CancellationToken ct)
    {
        var keeper = new GateKeeper(RunAsync, time, tell);
        return Task.WhenAll(rolling.Select(r => r.RunAsync(keeper.PassAsync, (turn, why) => UndoAsync(turn.Nodes, why), Keep, ct)));
    }

    /// <summary>When all is over: undoes what no gate has let pass, where the run retreats, and drops on the hosts what was kept for that.</summary>
    public async Task EndAsync(bool retreat, Func<NodeRun, bool> keeps)
    {
        if (retreat)
        {
            await UndoAsync(workers.SelectMany(w => w.Nodes), "too many probes failed").ConfigureAwait(false);
        }

        var kept = workers.Where(w => w.Failure is null && w.Nodes.Any(n => keeps(n) && n.Result?.Outcome is Outcome.Changed or Outcome.Failed));
        await Task.WhenAll(kept.Select(ForgetAsync)).ConfigureAwait(false);
    }

    private void Keep(Turn turn)
    {
        lock (_settled)
        {
            _settled.UnionWith(turn.Nodes);
        }
    }

    private async Task UndoAsync(IEnumerable<NodeRun> nodes, string because)
    {
        List<NodeRun> changed;
        lock (_settled)
        {
            changed = [.. nodes.Where(n => n.Result?.Outcome is Outcome.Changed or Outcome.Failed && n.Result.Changes.Count > 0 && !_settled.Contains(n))];
            _settled.UnionWith(changed);
        }

        await Task.WhenAll(changed.GroupBy(n => n.Node.Host).Select(g => workers.Single(w => w.Host == g.Key).UndoAsync([.. g], because))).ConfigureAwait(false);
    }

    private async Task<Answer?> RunAsync(Host host, Step step, CancellationToken ct) =>
        workers.FirstOrDefault(w => w.Host == host) is not { Failure: null } worker
            ? throw new HostUnreachableException(host.Name, $"{host.Name} is not part of this run")
            : (await worker.RunAsync([step], ct).ConfigureAwait(false))[0].Answer;

    private async Task ForgetAsync(HostWorker worker)
    {
        try
        {
            await worker.RunAsync([undo.Forget], CancellationToken.None).ConfigureAwait(false);
        }
        catch (HostUnreachableException)
        {
            // The next run that keeps anything on the host drops it.
        }
    }
}
