using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Applying;

/// <summary>Takes hosts out of the traffic of the load balancers of the fleet, and brings them back.</summary>
internal sealed class Balancers(Fleet fleet, IReadOnlyList<HostWorker> workers, Action<RunEvent> tell)
{
    public async Task<string?> DrainAsync(Turn turn, CancellationToken ct)
    {
        foreach (var (draining, balancer) in Of(turn))
        {
            var said = await RunAsync(draining, balancer, draining.Begin, ct).ConfigureAwait(false);
            if (said.Failed is not null)
            {
                return said.Failed;
            }

            if (said.Text.Length > 0)
            {
                tell(new HostDrained(draining.Server, balancer.Host, Redaction.Clean(said.Text)));
            }
        }

        return null;
    }

    // Whatever stops the run: a server that nobody brings back would be missing for good.
    public async Task<string?> ReadyAsync(Turn turn)
    {
        string? cause = null;
        foreach (var (draining, balancer) in Of(turn))
        {
            cause ??= (await RunAsync(draining, balancer, draining.End, CancellationToken.None).ConfigureAwait(false)).Failed;
        }

        return cause;
    }

    // A balancer that is down sends nothing to anybody.
    private IEnumerable<(Draining Draining, HostWorker Balancer)> Of(Turn turn) =>
        from server in turn.Disturbed
        from drain in RollingOrder.DrainingOf(fleet, server)
        from balancer in drain.Balancers
        let worker = workers.FirstOrDefault(w => w.Host == balancer && w.Failure is null)
        where worker is not null
        select (drain.Draining, worker);

    private static async Task<(string Text, string? Failed)> RunAsync(Draining draining, HostWorker balancer, IReadOnlyList<Step> steps, CancellationToken ct)
    {
        try
        {
            var results = await balancer.RunAsync(steps, ct).ConfigureAwait(false);
            var failed = steps.Zip(results).FirstOrDefault(s => !StepBatch.Succeeded(s.First, s.Second));
            var text = string.Concat(results.Select(r => r.Answer?.Text)).Trim();
            return (text, failed.First is null ? null : $"{draining.Server.Name} on {balancer.Host.Name}: {failed.First.Describe()} failed: {Redaction.Clean($"{text} {failed.Second.Answer?.Error}".Trim())}");
        }
        catch (HostUnreachableException e)
        {
            return ("", Redaction.Clean(e.Message));
        }
        catch (OperationCanceledException)
        {
            return ("", "the run was stopped");
        }
    }
}
