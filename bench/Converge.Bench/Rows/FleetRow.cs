using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Hosts;
using Converge.Bench.Measuring;
using Converge.Bench.Report;

namespace Converge.Bench.Rows;

/// <summary>Up to 500 hosts with 20 resources each and nothing to do.</summary>
internal sealed class FleetRow : IRow
{
    private static readonly int[] Sizes = [1, 10, 50, 200, 500];

    // 50 hosts take it minutes on two cores.
    private const int MostForAnsible = 10;

    public string Name => "fleet";

    public string Description => "1 to 500 hosts on loopback, 20 resources each, nothing to do: against parallel ssh, and Ansible to 10";

    public async Task<RowResult> RunAsync(BenchContext bench, CancellationToken ct)
    {
        var folder = bench.Folder("fleet");
        var state = new FleetState(folder);
        await using var fleet = await LoopbackFleet.StartAsync(Sizes[^1], folder, ct).ConfigureAwait(false);
        var measured = new List<FleetSize>();
        try
        {
            await CommandTimer.RunAsync(LoopbackFleet.Inside(bench.Converge.FirstApply(state.Script(1), fleet.SshConfig)), ct).ConfigureAwait(false);
            foreach (var size in Sizes)
            {
                measured.Add(await MeasureAsync(bench, fleet, state, size, measured.LastOrDefault()?.AtATime ?? 4, ct).ConfigureAwait(false));
            }
        }
        finally
        {
            state.Remove();
        }

        return new RowResult(Name, TimeProvider.System.GetUtcNow())
        {
            Findings = [.. measured.SelectMany(Lines), Linear(measured)],
            Series = [.. measured.SelectMany(m => m.Series)],
            Points = [.. measured.SelectMany(m => m.Series.Select(s => new PlotPoint(s.Name[..s.Name.IndexOf(" to ", StringComparison.Ordinal)] + " (loopback)", m.Hosts, s.Median)))],
            Notes =
            [
                "All hosts of this row are one sshd on this machine: its work competes with ours for the same processors, on both sides of each comparison.",
                $"ssh ran under xargs, at the parallelism that was best of those tried: {string.Join(", ", measured.Select(m => $"{m.AtATime} for {m.Hosts}"))}.",
                "Converge is plan here: the hosts are one machine, which has but one lock for an apply to take. All else that an apply with nothing to do does is in it.",
                "Converge (its default) and Ansible (ControlPersist) found the connections of the run before; ssh logged in anew each time. Converge's own logins, of which there is one sample for each size, are in a row of their own.",
                "Key exchange was curve25519-sha256 for all, set in the ssh_config. With OpenSSH 9.2's default, sntrup761x25519, each login costs both ends some 45 ms of a processor more.",
            ],
        };
    }

    private static async Task<FleetSize> MeasureAsync(BenchContext bench, LoopbackFleet fleet, FleetState state, int size, int near, CancellationToken ct)
    {
        var rounds = size <= 50 ? bench.Rounds : Math.Min(bench.Rounds, 3);
        await LoopbackFleet.EndConnectionsAsync(ct).ConfigureAwait(false);
        var failures = new FailureCount();
        var plan = failures.Of(LoopbackFleet.Inside(bench.Converge.Plan(state.Script(size), fleet.SshConfig)), bench.Say);
        ShellCommand Ssh(int atATime) => LoopbackFleet.Inside(ParallelSsh.True(fleet.SshConfig, fleet.HostList(size), atATime, ParallelSsh.SameExchange));

        var atATime = await BestAsync(Ssh, Candidates(size, near), bench, ct).ConfigureAwait(false);
        var cold = await Comparison.RunAsync([Contender.Of($"Converge to {size}, none kept", plan) with { WarmUp = false }], 1, bench.Say, ct).ConfigureAwait(false);

        // The search and the first run have warmed the machine up.
        List<Contender> contenders =
        [
            Contender.Of($"Converge to {size}", plan) with { WarmUp = false },
            Contender.Of($"ssh HOST true, in parallel to {size}", Ssh(atATime)) with { WarmUp = false },
        ];
        await using var connections = new KeptConnections();
        if (size <= MostForAnsible)
        {
            contenders.Add(Contender.Of($"Ansible to {size}", LoopbackFleet.Inside(state.Ansible(fleet.SshConfig, connections, size))) with { MostRounds = 1, WarmUp = false });
        }

        var series = await Comparison.RunAsync(contenders, rounds, bench.Say, ct).ConfigureAwait(false);
        var peak = await ProcessPeak.OfAsync(plan, ct).ConfigureAwait(false);
        bench.Say($"{size} hosts: {peak.Threads} threads, {peak.MegaBytes:0} MB");
        return new FleetSize(size, series, cold[0], atATime, peak, failures);
    }

    // A wide search where runs are short; further up only around what was best before.
    private static int[] Candidates(int size, int near) => size switch
    {
        1 => [1],
        <= 50 => [.. ((int[])[2, 4, 8, 16, 32, 50]).Where(n => n <= size)],
        _ => [near / 2, near, near * 2],
    };

    private static async Task<int> BestAsync(Func<int, ShellCommand> ssh, int[] candidates, BenchContext bench, CancellationToken ct)
    {
        if (candidates is [var only])
        {
            return only;
        }

        var series = await Comparison.RunAsync(
            [.. candidates.Select(n => Contender.Of($"{n} ssh at a time", ssh(n)) with { WarmUp = false })], 1, bench.Say, ct).ConfigureAwait(false);
        return candidates[series.Index().MinBy(s => s.Item.Median).Index];
    }

    private static IEnumerable<Finding> Lines(FleetSize size)
    {
        var what = $"{size.Hosts} hosts, 20 resources each, nothing to do";
        yield return Findings.AtMost(1.0, what, size.Series[0], size.Series[1]);
        yield return Findings.Beside($"… logging in anew to all of them, at {size.Hosts}", size.Cold, size.Series[1]);
        if (size.Series.Count > 2)
        {
            yield return Findings.Beside(what, size.Series[0], size.Series[2]);
        }

        yield return new Finding($"… runs in which a host failed, at {size.Hosts}", $"{size.Failures.Failed} of {size.Failures.Runs}", "", "", "none", size.Failures.Failed == 0);

        // What the runtime itself has: main, finalizer, signals, tiered compiler, timers, and the pool's workers.
        yield return new Finding($"… threads at {size.Hosts}", $"{size.Peak.Threads}", "", "", "≤ 1 a host and the runtime's own 20", size.Peak.Threads <= size.Hosts + 20);
        if (size.Hosts == Sizes[^1])
        {
            yield return new Finding($"… memory at {size.Hosts}", $"{size.Peak.MegaBytes:0} MB", "", "", "≤ 300 MB", size.Peak.MegaBytes <= 300);
        }
    }

    // Linear: ten times the hosts cost at most ten times as much. From 50 to 500, where the fixed part no longer hides it.
    private static Finding Linear(List<FleetSize> measured)
    {
        var (from, to) = (measured.Single(m => m.Hosts == 50), measured[^1]);
        var hosts = (double)to.Hosts / from.Hosts;
        var time = to.Series[0].Median / from.Series[0].Median;
        return new Finding(
            $"growth from {from.Hosts} to {to.Hosts} hosts", $"time {Findings.Number(time)} ×, memory {Findings.Number(to.Peak.MegaBytes / from.Peak.MegaBytes)} ×",
            "", "", $"≤ {Findings.Number(hosts * 1.1)} × for {hosts:0} × the hosts", time <= hosts * 1.1 && to.Peak.MegaBytes / from.Peak.MegaBytes <= hosts * 1.1);
    }

    /// <summary>Counts applies that failed somewhere, instead of ending the row with the first one: how many there are is what is measured.</summary>
    private sealed class FailureCount
    {
        public int Runs { get; private set; }

        public int Failed { get; private set; }

        public ShellCommand Of(ShellCommand apply, Action<string> say) => apply with
        {
            Verdict = outcome =>
            {
                var wrong = apply.Verdict(outcome);
                Runs++;
                if (wrong is not null && outcome.ExitCode == 1)
                {
                    Failed++;
                    say($"{wrong}: {string.Join("; ", outcome.Output.Split('\n').Concat(outcome.Error.Split('\n')).Where(l => l.Length > 0 && !l.Contains("nothing to change", StringComparison.Ordinal)).Take(10))}");
                    return null;
                }

                return wrong;
            },
        };
    }

    private sealed record FleetSize(int Hosts, IReadOnlyList<Series> Series, Series Cold, int AtATime, ProcessPeak Peak, FailureCount Failures);
}
