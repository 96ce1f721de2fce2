using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Applying;

/// <summary>Confirms what may have cut us off from a host, over a connection that is made for that: the one that stood before proves nothing.</summary>
internal sealed class FreshConnection(HostLink link, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(15);

    /// <summary>Null: confirmed. Else why the host has put back what was; it is put back when this returns.</summary>
    /// <exception cref="HostUnreachableException">The host cannot be reached even after the time at which it puts back what was.</exception>
    public async Task<ConvergeException?> ConfirmAsync(IReadOnlyList<WayBack> ways, CancellationToken ct)
    {
        var patience = ways.Min(w => w.Patience);
        var start = time.GetTimestamp();
        var why = "no answer";
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        await Task.Delay(ways.Max(w => w.Settling), time, ct).ConfigureAwait(false);
        while (time.GetElapsedTime(start) < patience)
        {
            try
            {
                var results = await link.RunAnewAsync(ways.Select(w => w.Confirm), either.Token).ConfigureAwait(false);
                if (results.All(r => r is { TimedOut: false, Answer.ExitCode: 0 }))
                {
                    return null;
                }

                why = "it came too late";
                break;
            }
            catch (HostUnreachableException e)
            {
                why = e.Message;
                await Task.Delay(Pause, time, ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                break;
            }
        }

        await SeePutBackAsync(ways, ct).ConfigureAwait(false);
        return new ConvergeException(
            $"no new connection got in within {patience.TotalSeconds:0} s, so the host has put back what was before ({string.Join(", ", ways.Select(w => w.Name))}): {why}",
            "Correct the script so that it lets in whoever runs Converge, and run again.");
    }

    /// <summary>Puts back now what was, as the change has failed.</summary>
    public Task PutBackAsync(IReadOnlyList<WayBack> ways, CancellationToken ct) => link.RunAsync(ways.Select(w => w.Now), ct);

    /// <summary>Where the change ended the connection: waits until the host has put back what was and lets us in again. What to add to the failure's words.</summary>
    public async Task<string> AwaitReturnAsync(IReadOnlyList<WayBack> ways, CancellationToken ct)
    {
        if (ways.Count == 0)
        {
            return "";
        }

        var (start, patience) = (time.GetTimestamp(), ways.Max(w => w.Patience) + Return);
        while (time.GetElapsedTime(start) < patience)
        {
            try
            {
                await link.RunAnewAsync(ways.Select(w => w.Await), ct).ConfigureAwait(false);
                return "; the host has put back what was before";
            }
            catch (HostUnreachableException)
            {
                await Task.Delay(Pause, time, ct).ConfigureAwait(false);
            }
        }

        return $"; the host puts back by itself what was before, but did not let us in again within {patience.TotalSeconds:0} s";
    }

    private async Task SeePutBackAsync(IReadOnlyList<WayBack> ways, CancellationToken ct)
    {
        try
        {
            await link.RunAsync(ways.Select(w => w.Await), ct).ConfigureAwait(false);
            return;
        }
        catch (HostUnreachableException)
        {
            // What cut off new connections may have ended the old one.
        }

        for (var start = time.GetTimestamp(); ;)
        {
            try
            {
                await link.RunAnewAsync(ways.Select(w => w.Await), ct).ConfigureAwait(false);
                return;
            }
            catch (HostUnreachableException) when (time.GetElapsedTime(start) < Return)
            {
                await Task.Delay(Pause, time, ct).ConfigureAwait(false);
            }
        }
    }
}
