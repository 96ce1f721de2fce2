using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Bench.Hosts;
using Converge.Bench.Measuring;
using Converge.Bench.Report;
using Converge.Graph;

namespace Converge.Bench.Rows;

/// <summary>Planning alone: checking, ordering, diffing of a large fleet whose hosts are in memory and answer at once.</summary>
internal sealed class PlanRow : IRow
{
    /// <summary>With this first argument and a number of hosts, this program is the process that plans.</summary>
    public const string ChildVerb = "plan-in-memory";

    private static readonly int[] Sizes = [100, 1_000, 10_000];

    public string Name => "plan";

    public string Description => "planning alone: 100, 1,000, 10,000 in-memory hosts with 30 resources each";

    public async Task<RowResult> RunAsync(BenchContext bench, CancellationToken ct)
    {
        var rounds = Math.Min(bench.Rounds, 3);
        var runs = new List<(int Hosts, Series Graph, Series Plan)>();
        foreach (var size in Sizes)
        {
            var timings = new List<PlanTiming>();
            for (var round = 0; round < rounds; round++)
            {
                timings.Add(await InProcessOfItsOwnAsync(size, ct).ConfigureAwait(false));
            }

            runs.Add((size,
                new Series($"graph of {size} hosts", [.. timings.Select(t => new Sample(t.GraphSeconds, 0, t.MegaBytes))]),
                new Series($"plan of {size} hosts", [.. timings.Select(t => new Sample(t.PlanSeconds, 0, t.MegaBytes))])));
            bench.Say($"{size} hosts: graph {Findings.Time(runs[^1].Graph.Median)}, plan {Findings.Time(runs[^1].Plan.Median)}, {runs[^1].Plan.MegaBytes:0} MB");
        }

        var (most, least) = (runs[^1], runs[0]);
        var total = most.Graph.Median + most.Plan.Median;
        var growth = total / (least.Graph.Median + least.Plan.Median);
        var factor = (double)most.Hosts / least.Hosts;
        return new RowResult(Name, TimeProvider.System.GetUtcNow())
        {
            Findings =
            [
                new Finding("10,000 hosts × 30 resources: check and order, then ask and diff", $"{Findings.Time(most.Graph.Median)} + {Findings.Time(most.Plan.Median)} = {Findings.Time(total)}", "", "", "≤ 5 s", total <= 5),
                new Finding("growth from 100 to 10,000 hosts", $"{Findings.Number(growth)} ×", "", "", $"≤ {factor * 1.1:0} ×", growth <= factor * 1.1),
            ],
            Series = [.. runs.SelectMany(r => (Series[])[r.Graph, r.Plan])],
            Notes = ["Each plan is the first of a process of its own, compilation of the code included; parsing of the answers is included, the describing of the fleet is not."],
        };
    }

    /// <summary>The child: plans once and prints what it took.</summary>
    public static async Task<int> ChildAsync(string hosts)
    {
        var (fleet, connector) = MemoryFleet.Of(int.Parse(hosts));
        var start = Stopwatch.GetTimestamp();
        var graph = FleetGraph.Build(fleet);
        var built = Stopwatch.GetElapsedTime(start).TotalSeconds;

        start = Stopwatch.GetTimestamp();
        await using var run = new FleetRun(graph, connector);
        var plan = await run.PlanAsync().ConfigureAwait(false);
        var planned = Stopwatch.GetElapsedTime(start).TotalSeconds;

        if (plan.HasFailures || plan.HasChanges)
        {
            Console.Error.WriteLine(plan.Resources.Select(r => r.Failure?.Title ?? string.Join(", ", r.Changes)).First(t => t.Length > 0));
            return 1;
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new PlanTiming(built, planned, process.PeakWorkingSet64 / 1024.0 / 1024)));
        return 0;
    }

    private static async Task<PlanTiming> InProcessOfItsOwnAsync(int hosts, CancellationToken ct)
    {
        var child = new ShellCommand("dotnet", [typeof(PlanRow).Assembly.Location, ChildVerb, hosts.ToString()]);
        var outcome = await CommandTimer.RunAsync(child, ct).ConfigureAwait(false);
        return JsonSerializer.Deserialize<PlanTiming>(outcome.Output)!;
    }

    private sealed record PlanTiming(double GraphSeconds, double PlanSeconds, double MegaBytes);
}
