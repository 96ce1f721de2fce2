using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Applying;

/// <summary>Gives batches of hosts their turns, one after the other, and lets the gates decide between them.</summary>
internal sealed class RollingRun(IReadOnlyList<Turn> turns, IReadOnlyList<Gate> gates)
{
    public IReadOnlyList<Turn> Turns { get; } = turns;

    public IReadOnlyList<Gate> Gates { get; } = gates;

    /// <param name="pass">Asks the gates for the hosts of a batch; null: they passed, else which did not and why.</param>
    /// <param name="undo">Undoes a batch, for this reason.</param>
    /// <param name="keep">Forgets how to undo a batch: it stays.</param>
    /// <param name="ct">Stops the run.</param>
    public async Task RunAsync(
        Func<IReadOnlyList<Gate>, IReadOnlyList<Host>, CancellationToken, Task<string?>> pass, Func<Turn, string, Task> undo, Action<Turn> keep, CancellationToken ct)
    {
        string? cause = null;
        foreach (var turn in Turns)
        {
            turn.Come(cause);
            await Task.WhenAll(turn.Nodes.Select(n => n.Done)).ConfigureAwait(false);
            if (cause is null && !ct.IsCancellationRequested)
            {
                cause = await ConcludeAsync(turn, pass, undo, keep, ct).ConfigureAwait(false);
            }
        }
    }

    private async Task<string?> ConcludeAsync(
        Turn turn, Func<IReadOnlyList<Gate>, IReadOnlyList<Host>, CancellationToken, Task<string?>> pass, Func<Turn, string, Task> undo, Action<Turn> keep, CancellationToken ct)
    {
        var failed = turn.Nodes.FirstOrDefault(n => n.Result?.Outcome == Outcome.Failed);
        var changed = turn.Nodes.Any(n => n.Result?.Outcome == Outcome.Changed);
        var cause = failed is not null ? $"{failed.Node.Id} failed"
            : changed ? await pass(Gates, turn.Hosts, ct).ConfigureAwait(false)
            : null;
        if (ct.IsCancellationRequested)
        {
            return null;
        }

        if (cause is null)
        {
            // Without a gate nothing has proved it: it may still be undone when too many probes fail.
            if (Gates.Count > 0)
            {
                keep(turn);
            }
        }
        else if (Gates.Count > 0)
        {
            await undo(turn, cause).ConfigureAwait(false);
        }

        return cause;
    }
}
