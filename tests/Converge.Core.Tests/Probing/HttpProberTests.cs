using System;
using System.Collections.Concurrent;
using System.Net;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Graph;
using Converge.Probing;

namespace Converge.Core.Tests.Probing;

public sealed class HttpProberTests
{
    private readonly StepTimeline timeline = new(TimeProvider.System);
    private readonly ConcurrentQueue<ProbeFailure> failures = new();

    [Fact]
    public async Task A_site_that_answers_has_no_failures()
    {
        await using var site = new LocalSite();
        await using var prober = Probe(site);

        prober.Start();
        await UntilAsync(() => prober.Report.Requests >= 20);
        var report = await prober.StopAsync();

        Assert.Equal(0, report.Failed);
        Assert.Equal("www.example.test:" + site.Port, site.LastHost);
    }

    [Theory]
    [InlineData("503 Service Unavailable", "answered 503")]
    [InlineData(null, "The response ended prematurely")]
    public async Task What_is_no_good_answer_is_a_failure_with_the_step_that_ran(string? status, string why)
    {
        await using var site = new LocalSite { Status = status };
        await using var prober = Probe(site);
        var fleet = new Fleet();
        var host = fleet.Host("lb1");
        host.Add(new Sample());
        timeline.Report(new StepStarted(host, FleetGraph.Build(fleet).Nodes[0], new RunProgram("systemctl", ["reload", "haproxy"])));

        prober.Start();
        await UntilAsync(() => !failures.IsEmpty);
        await prober.StopAsync();

        Assert.True(failures.TryPeek(out var failure));
        Assert.StartsWith(why, failure.Why, StringComparison.Ordinal);
        Assert.Equal(["lb1: systemctl reload haproxy"], failure.During);
        Assert.Equal(1, failure.Number);
    }

    [Theory]
    [InlineData("www.example.com")]
    [InlineData("ftp://www.example.com/")]
    public void What_is_no_url_is_refused(string url) =>
        Assert.Contains("no URL that can be probed", Assert.Throws<ConvergeException>(() => ProbeTarget.Parse(url)).Message, StringComparison.Ordinal);

    private HttpProber Probe(LocalSite site) => new(
        ProbeTarget.Parse($"http://www.example.test:{site.Port}/") with { Address = IPAddress.Loopback },
        TimeProvider.System,
        timeline,
        failures.Enqueue);

    private static async Task UntilAsync(Func<bool> seen)
    {
        while (!seen())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private sealed record Sample : Resource<string>
    {
        private static readonly Question<string> Nothing = new("nothing", "true", answer => answer.Text);

        public override string Kind => "sample";

        public override string Name => "one";

        public override Query<string> Query => Nothing.Ask();

        public override System.Collections.Generic.IEnumerable<Change> Diff(string state, DiffContext context) => [];
    }
}
