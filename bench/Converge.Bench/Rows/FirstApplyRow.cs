using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Hosts;
using Converge.Bench.Measuring;
using Converge.Bench.Report;
using Converge.Lab;

namespace Converge.Bench.Rows;

/// <summary>The reference infrastructure on six hosts that are installed and nothing more.</summary>
internal sealed class FirstApplyRow : IRow
{
    public string Name => "first";

    public string Description => "first apply on six fresh hosts: against hand-written shell scripts, Ansible";

    public async Task<RowResult> RunAsync(BenchContext bench, CancellationToken ct)
    {
        var site = new FoobarSite(bench);
        site.Prepare();
        // The script's first compile belongs to the row "check".
        await CommandTimer.RunAsync(site.Check, ct).ConfigureAwait(false);

        var series = await Comparison.RunAsync(
            [
                Fresh("converge apply", bench, site.OurLab, (lab, _) => site.FirstApply(lab)),
                Fresh("parallel shell scripts", bench, site.ShellLab, (lab, _) => site.Shell(lab)),
                Fresh("Ansible", bench, site.AnsibleLab, (lab, connections) => site.Ansible(lab, connections, mitogen: false, first: true), FoobarSite.InstallPythonAsync) with { MostRounds = 2 },
            ],
            Math.Min(bench.Rounds, 3),
            bench.Say,
            ct).ConfigureAwait(false);
        return new RowResult(Name, TimeProvider.System.GetUtcNow())
        {
            Findings = [.. Lines(series)],
            Series = series,
            Notes =
            [
                "Fresh hosts each time; bringing them up is not timed, and for Ansible neither is installing Python. The guestbook, which needs the whole chain, was fetched through the shared address after each run.",
                "The shell scripts (bench/shell) run on all hosts at the same time and ask nothing afterwards; Converge and Ansible look at what they did.",
            ],
        };
    }

    private static IEnumerable<Finding> Lines(IReadOnlyList<Series> series)
    {
        const string what = "first apply on six fresh hosts";
        yield return Findings.AtMost(1.15, what, series[0], series[1]);
        yield return Findings.FasterBy(3, what, series[0], series[2]);
    }

    private static Contender Fresh(
        string name, BenchContext bench, LabFile file, Func<BenchLab, KeptConnections, ShellCommand> command, Func<BenchLab, CancellationToken, Task>? prepare = null)
    {
        BenchLab? lab = null;
        return new Contender(name, async ct =>
        {
            await using var connections = new KeptConnections();
            var sample = await CommandTimer.TimeAsync(command(lab!, connections), ct).ConfigureAwait(false);
            await FoobarSite.RequireServedAsync(lab!, ct).ConfigureAwait(false);
            return sample;
        })
        {
            WarmUp = false,
            Before = async ct =>
            {
                lab = await BenchLab.UpAsync(file, bench.Say, ct).ConfigureAwait(false);
                await (prepare?.Invoke(lab, ct) ?? Task.CompletedTask).ConfigureAwait(false);
            },
            After = async () =>
            {
                if (lab is not null)
                {
                    await lab.DisposeAsync().ConfigureAwait(false);
                    lab = null;
                }
            },
        };
    }
}
