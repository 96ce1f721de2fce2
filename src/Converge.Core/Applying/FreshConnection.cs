using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Applying;

/// <summary>Confirms what may have cut us off from a host, over a connection that is made for that: the one that stood before proves nothing.</summary>
internal sealed class FreshConnection(Host host, IHostConnector connector, IHostSession old, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Null: confirmed. Else why the host has put back what was; it is put back when this returns.</summary>
    /// <exception cref="HostUnreachableException">The host cannot be reached even after the time at which it puts back what was.</exception>
    public async Task<string?> ConfirmAsync(IReadOnlyList<WayBack> ways, CancellationToken ct)
    {
        var patience = ways.Min(w => w.Patience);
        var start = time.GetTimestamp();
        var why = "no answer";
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        while (time.GetElapsedTime(start) < patience)
        {
            try
            {
                await using var fresh = await connector.ConnectAnewAsync(host, either.Token).ConfigureAwait(false);
                var results = await RunAsync(fresh, ways.Select(w => w.Confirm), either.Token).ConfigureAwait(false);
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
        return $"no new connection got in within {patience.TotalSeconds:0} s, so the host has put back what was before: {why}";
    }

    /// <summary>Puts back now what was, as the change has failed.</summary>
    public Task PutBackAsync(IReadOnlyList<WayBack> ways, CancellationToken ct) => RunAsync(old, ways.Select(w => w.Now), ct);

    private async Task SeePutBackAsync(IReadOnlyList<WayBack> ways, CancellationToken ct)
    {
        try
        {
            await RunAsync(old, ways.Select(w => w.Await), ct).ConfigureAwait(false);
        }
        catch (HostUnreachableException)
        {
            // What cut off new connections may have ended the old one.
            await using var fresh = await connector.ConnectAnewAsync(host, ct).ConfigureAwait(false);
            await RunAsync(fresh, ways.Select(w => w.Await), ct).ConfigureAwait(false);
        }
    }

    private static Task<IReadOnlyList<ItemResult>> RunAsync(IHostSession session, IEnumerable<Step> steps, CancellationToken ct) =>
        session.ExchangeAsync([.. steps.Select((step, i) => new StepItem(step, default, i))], null, ct);
}
