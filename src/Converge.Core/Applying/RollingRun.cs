using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Applying;

/// <summary>What a rolling change does around a batch.</summary>
internal interface IBatchWork
{
    /// <summary>Takes hosts of the batch out of the traffic. Null: done; else why it could not be.</summary>
    Task<string?> DrainAsync(Turn turn, CancellationToken ct);

    /// <summary>Brings them back. Null: they are; else why not.</summary>
    Task<string?> ReadyAsync(Turn turn);

    /// <summary>Asks the gates. Null: they hold; else which does not, and why.</summary>
    Task<string?> PassAsync(IReadOnlyList<Gate> gates, Turn turn, CancellationToken ct);

    /// <summary>Puts back what the batch changed.</summary>
    Task UndoAsync(Turn turn, string because);

    /// <summary>What the batch changed stays, whatever happens later.</summary>
    void Keep(Turn turn);
}

/// <summary>Gives batches of hosts their turns, one after the other, and lets the gates decide between them.</summary>
internal sealed class RollingRun(IReadOnlyList<Turn> turns, IReadOnlyList<Gate> gates)
{
    public IReadOnlyList<Turn> Turns { get; } = turns;

    public IReadOnlyList<Gate> Gates { get; } = gates;

    /// <summary>Ends when every batch has had its turn, or never will.</summary>
    public async Task RunAsync(IBatchWork work, CancellationToken ct)
    {
        string? cause = null;
        foreach (var turn in Turns)
        {
            var drained = cause is null && !ct.IsCancellationRequested;
            cause ??= drained ? await work.DrainAsync(turn, ct).ConfigureAwait(false) : null;
            turn.Come(cause);
            await Task.WhenAll(turn.Nodes.Select(n => n.Done)).ConfigureAwait(false);
            cause ??= await ConcludeAsync(turn, work, ct).ConfigureAwait(false);

            // After the way back, so that nobody is sent to what has just been found to be broken.
            var notReady = drained ? await work.ReadyAsync(turn).ConfigureAwait(false) : null;
            cause ??= notReady;
            turn.Conclude(cause);
        }
    }

    private async Task<string?> ConcludeAsync(Turn turn, IBatchWork work, CancellationToken ct)
    {
        var failed = turn.Nodes.FirstOrDefault(n => n.Result?.Outcome == Outcome.Failed);
        var changed = turn.Nodes.Any(n => n.Result?.Outcome == Outcome.Changed);
        var cause = failed is not null ? $"{failed.Node.Id} failed"
            : changed && !ct.IsCancellationRequested ? await work.PassAsync(Gates, turn, ct).ConfigureAwait(false)
            : null;
        if (ct.IsCancellationRequested || Gates.Count == 0)
        {
            // Nothing has proved it: it may still be undone when too many probes fail.
            return cause;
        }

        if (cause is null)
        {
            work.Keep(turn);
        }
        else
        {
            await work.UndoAsync(turn, cause).ConfigureAwait(false);
        }

        return cause;
    }
}
