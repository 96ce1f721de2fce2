using System;
using System.Threading;
using System.Threading.Tasks;
using Converge.Probing;

namespace Converge.Cli.Commands;

/// <summary>Moves a shared address between the members of its cluster, and measures from outside what visitors notice.</summary>
internal sealed class FailoverDrill(ClusterMembers members, ProbeTarget target, TimeProvider time, Action<Moved> tell)
{
    // Before and after a move, so that the gap is seen from both of its ends.
    private static readonly TimeSpan _steady = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>Measures a move that somebody else makes.</summary>
    public Task<ProbeReport> WatchAsync(Host holder, CancellationToken ct) => MeasureAsync(holder, null, () => Task.CompletedTask, ct);

    /// <summary>Moves the address and, whatever happens then, lets the member that held it take it again. Gives what the way there cost.</summary>
    /// <param name="holder">Who holds it now.</param>
    /// <param name="returns">It comes back by itself once the member may take it again.</param>
    /// <param name="ct">Ends the drill; the member is brought back all the same.</param>
    public async Task<ProbeReport> ThereAndBackAsync(Host holder, bool returns, CancellationToken ct)
    {
        var gaveAway = false;
        try
        {
            var there = await MeasureAsync(
                holder,
                null,
                () =>
                {
                    gaveAway = true;
                    return members.GiveAwayAsync(holder, _patience * 2);
                },
                ct);
            if (returns)
            {
                await MeasureAsync(
                    null,
                    holder,
                    () =>
                    {
                        gaveAway = false;
                        return members.TakeBackAsync(holder);
                    },
                    ct);
            }

            return there;
        }
        finally
        {
            if (gaveAway)
            {
                await members.TakeBackAsync(holder);
            }
        }
    }

    private async Task<ProbeReport> MeasureAsync(Host? from, Host? to, Func<Task> act, CancellationToken ct)
    {
        await using var prober = new HttpProber(target, time, new StepTimeline(time));
        if (await prober.TryAsync(ct) is { } why)
        {
            throw new ConvergeException($"{target.Url} does not answer, with nothing moved just now: {why}");
        }

        prober.Start();
        await Task.Delay(_steady, time, ct);
        await act();
        var now = await HeldAsync(from, to, ct);
        await Task.Delay(_steady, time, ct);
        var report = await prober.StopAsync();
        tell(new Moved(now, to is not null, report));
        return report;
    }

    // By one member, or by any but one.
    private async Task<Host> HeldAsync(Host? not, Host? by, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(_patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            while (true)
            {
                if (await members.HolderAsync(not, both.Token) is { } now && (by is null || now == by))
                {
                    return now;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), time, both.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ConvergeException($"after {_patience.TotalSeconds:0} s the address is still not held by {(by is null ? "another member" : by.Name)}");
        }
    }
}

/// <summary>The address has moved.</summary>
/// <param name="To">Who holds it now.</param>
/// <param name="Back">It was the way back.</param>
/// <param name="Seen">By visitors.</param>
internal sealed record Moved(Host To, bool Back, ProbeReport Seen);
