using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Graph;
using Converge.Planning;
using Converge.Sessions;
using Converge.Testing;

namespace Converge.Core.Tests.Applying;

public sealed class HostLockTests : IProgress<RunEvent>
{
    private readonly InMemoryConnector _hosts = new();
    private readonly Fleet _fleet = new();
    private readonly List<RunEvent> _told = [];

    public HostLockTests()
    {
        _fleet.Host("web").Add(new Value("a", "x"));
        Value.Teach(_hosts["web"]);
    }

    void IProgress<RunEvent>.Report(RunEvent value) => _told.Add(value);

    [Fact]
    public async Task A_run_that_finds_nothing_to_do_takes_the_lock_without_a_further_exchange()
    {
        _hosts["web"].Files["a"] = "x";
        await using var run = Run(TimeSpan.Zero);

        var report = await run.ApplyAsync(await run.PlanAsync(Ct), Ct);

        Assert.True(report.Succeeded);
        Assert.Equal(1, report.Exchanges);
        Assert.Single(_hosts["web"].Exchanges[0].OfType<LockItem>());
    }

    [Fact]
    public async Task A_run_that_only_plans_takes_no_lock_and_waits_for_none()
    {
        await using var applying = Run(TimeSpan.Zero);
        await applying.PlanAsync(Ct);
        await using var planning = Run(null);

        var plan = await planning.PlanAsync(Ct);

        Assert.False(plan.HasFailures);
        Assert.Empty(_hosts["web"].Exchanges[1].OfType<LockItem>());
    }

    [Fact]
    public async Task A_second_run_that_must_not_wait_fails_with_who_has_the_lock_and_changes_nothing()
    {
        await using var first = Run(TimeSpan.Zero);
        await first.PlanAsync(Ct);
        await using var second = Run(TimeSpan.Zero);

        var report = await second.ApplyAsync(await second.PlanAsync(Ct), Ct);

        var failure = report.Hosts[0].Failure!;
        Assert.Equal("web: locked", failure.Title);
        Assert.StartsWith($"another run is at work on it: {Environment.UserName}@{Environment.MachineName} (pid {Environment.ProcessId}) since ", failure.Detail, StringComparison.Ordinal);
        Assert.Equal("web is locked", report.Resources.Single().SkippedBecause);
        Assert.Empty(_hosts["web"].Steps);
    }

    [Fact]
    public async Task A_second_run_waits_and_then_plans_with_what_the_first_has_left()
    {
        var first = Run(TimeSpan.Zero);
        var firstPlan = await first.PlanAsync(Ct);
        await using var second = Run(TimeSpan.FromMinutes(1));
        var waiting = second.PlanAsync(Ct);
        while (!_told.OfType<HostLocked>().Any())
        {
            await Task.Delay(10, Ct);
        }

        await first.ApplyAsync(firstPlan, Ct);
        await first.DisposeAsync();

        Plan plan = await waiting;
        Assert.False(plan.HasChanges);
        Assert.False(plan.HasFailures);
    }

    [Fact]
    public async Task A_holder_cannot_steer_the_terminal()
    {
        _hosts["web"].Intercept = (item, _) => Task.FromResult(item is LockItem ? new ItemResult(Answer.FromText("eve\x1b[2J\nweb: all is well\n", exitCode: LockItem.Held)) : null);
        await using var run = Run(TimeSpan.Zero);

        var plan = await run.PlanAsync(Ct);

        Assert.Equal("another run is at work on it: eve␛[2J web: all is well", plan.Hosts[0].Failure!.Detail);
    }

    private static System.Threading.CancellationToken Ct => TestContext.Current.CancellationToken;

    private FleetRun Run(TimeSpan? lockWait) => new(FleetGraph.Build(_fleet), _hosts, new RunOptions { LockWait = lockWait, Progress = this });
}
