using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Graph;
using Converge.Sessions;
using Converge.Testing;

namespace Converge.Core.Tests.Applying;

public sealed class InterruptionTests
{
    private readonly InMemoryConnector _hosts = new();
    private readonly Fleet _fleet = new();

    public InterruptionTests()
    {
        var web = _fleet.Host("web");
        web.Add(new Value("a", "xy"));
        web.Add(new Value("b", "xy"));
        var c = web.Add(new Value("c", "xy"));
        web.Add(new Value("d", "xy") { After = [c] });
        Value.Teach(_hosts["web"]);
    }

    [Fact]
    public async Task Wanting_no_more_steps_reports_what_is_done_as_done_and_begins_nothing_new()
    {
        using var noMoreSteps = new CancellationTokenSource();
        CancelAt("append b y", noMoreSteps);

        var report = await ApplyAsync(noMoreSteps: noMoreSteps);

        Assert.Equal("a Changed, b Changed, c Skipped, d Skipped", Told(report));
        Assert.True(report.Stopped);
        Assert.False(report.Succeeded);
        Assert.All(report.Resources.Skip(2), r => Assert.Equal("the run was stopped", r.SkippedBecause));
    }

    [Fact]
    public async Task What_is_half_done_when_no_more_steps_are_wanted_has_failed_and_says_why()
    {
        using var noMoreSteps = new CancellationTokenSource();
        CancelAt("append b x", noMoreSteps);

        var report = await ApplyAsync(noMoreSteps: noMoreSteps);

        Assert.Equal("a Changed, b Failed, c Skipped, d Skipped", Told(report));
        Assert.Equal(("value b on web: interrupted", "the run was stopped before all of its steps had run"), (report.Resources.ElementAt(1).Failure!.Title, report.Resources.ElementAt(1).Failure!.Detail));
    }

    [Fact]
    public async Task Stopping_now_fails_what_had_begun_and_skips_the_rest()
    {
        using var now = new CancellationTokenSource();
        CancelAt("append b x", now);

        var report = await ApplyAsync(now);

        Assert.Equal("a Failed, b Failed, c Skipped, d Skipped", Told(report));
        Assert.Equal("the run was stopped while its steps ran", report.Resources.First().Failure!.Detail);
    }

    [Fact]
    public async Task The_next_run_finishes_what_was_left()
    {
        using var noMoreSteps = new CancellationTokenSource();
        CancelAt("append b x", noMoreSteps);
        await ApplyAsync(noMoreSteps: noMoreSteps);
        _hosts["web"].Intercept = null;

        var again = await ApplyAsync();
        var last = await ApplyAsync();

        Assert.Equal("a Unchanged, b Changed, c Changed, d Changed", Told(again));
        Assert.Equal(4, last.Count(Outcome.Unchanged));
    }

    private void CancelAt(string step, CancellationTokenSource source) => _hosts["web"].Intercept = async (item, ct) =>
    {
        if (item is StepItem { Step: var begun } && begun.Describe() == step)
        {
            await source.CancelAsync();
        }

        return null;
    };

    private async Task<Report> ApplyAsync(CancellationTokenSource? now = null, CancellationTokenSource? noMoreSteps = null)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var run = new FleetRun(FleetGraph.Build(_fleet), _hosts);
        return await run.ApplyAsync(await run.PlanAsync(ct), now?.Token ?? ct, noMoreSteps?.Token ?? ct);
    }

    private static string Told(Report report) => string.Join(", ", report.Resources.Select(r => $"{r.Node.Resource.Name} {r.Outcome}"));
}
