using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Planning;
using CsCheck;

namespace Converge.Modules.Tests.Properties;

/// <summary>The laws on random fleets, whatever goes wrong. A failure prints a seed: give it as <c>seed:</c> to see it again.</summary>
public sealed class FleetLawTests
{
    private static readonly Gen<(int Hosts, RandomResource[] Resources)> _fleets = Gen.Select(Gen.Int[1, 4], RandomFleet.Resource.Array[1, 14]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task What_is_planned_is_applied_in_few_exchanges_and_nothing_is_left_to_do() => _fleets.SampleAsync(
        async (hosts, resources) =>
        {
            var fleet = new RandomFleet(hosts, resources);
            using var peace = new Troublemaker(fleet, []);
            peace.End();

            await ConvergesAsync(fleet);
        },
        iter: 400);

    [Fact]
    public Task Whatever_goes_wrong_the_report_is_true_and_the_next_run_finishes() => Gen.Select(_fleets, Trouble.Any.Array[1, 4]).SampleAsync(
        async (described, troubles) =>
        {
            var fleet = new RandomFleet(described.Hosts, described.Resources);
            using var maker = new Troublemaker(fleet, troubles);
            var (plan, report, events) = await RunAsync(fleet, maker);

            maker.End();
            RunLaws.ReportsEachOnce(report, events, fleet.Graph);
            RunLaws.NamesTheCauses(report, maker.Spoilt);
            RunLaws.IsTrue(report, await PlanAsync(fleet));
            await ConvergesAsync(fleet);
        },
        iter: 600);

    private static async Task ConvergesAsync(RandomFleet fleet)
    {
        using var peace = new Troublemaker(fleet, []);
        var (plan, report, events) = await RunAsync(fleet, peace, begin: false);
        Assert.True(report.Succeeded, string.Join('\n', report.Resources.Select(r => $"{r.Node} {r.Outcome} {r.Failure?.Title}: {r.Failure?.Detail} {r.SkippedBecause}")));
        RunLaws.ReportsEachOnce(report, events, fleet.Graph);
        RunLaws.PlannedIsApplied(plan, report);
        RunLaws.FewExchanges(report, events, fleet.CrossesHosts);

        var (nothing, again, _) = await RunAsync(fleet, peace, begin: false);
        Assert.False(nothing.HasChanges || nothing.HasFailures);
        Assert.Equal(fleet.Fleet.Hosts.Count, again.Exchanges);
    }

    private static async Task<(Plan Plan, Report Report, IReadOnlyList<RunEvent> Events)> RunAsync(RandomFleet fleet, Troublemaker maker, bool begin = true)
    {
        var events = new Events();
        await using var run = new FleetRun(fleet.Graph, fleet.Hosts, new RunOptions { Progress = events });
        if (begin)
        {
            maker.Begin();
        }

        var plan = await run.PlanAsync(Ct);
        var report = await run.ApplyAsync(plan, maker.Now, maker.NoMoreSteps).WaitAsync(TimeSpan.FromSeconds(20), Ct);
        return (plan, report, events.All);
    }

    private static async Task<Plan> PlanAsync(RandomFleet fleet)
    {
        await using var run = new FleetRun(fleet.Graph, fleet.Hosts);
        return await run.PlanAsync(Ct);
    }

    private sealed class Events : IProgress<RunEvent>
    {
        public List<RunEvent> All { get; } = [];

        public void Report(RunEvent value) => All.Add(value);
    }
}
