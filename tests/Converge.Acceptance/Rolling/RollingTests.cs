using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.Running;

namespace Converge.Acceptance.Rolling;

/// <summary>What visitors notice of changes and of a death: 200 requests a second through the shared address, on four real hosts.</summary>
public sealed class RollingTests(RollingLab lab) : IClassFixture<RollingLab>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("timeout", "31", "", "lb2 service haproxy.service, lb1 service haproxy.service")]
    [InlineData("interval", "250", "", "lb2 service keepalived.service, lb1 service keepalived.service")]
    [InlineData("page", "second page", "", "web1 file /srv/site/index.html, web2 file /srv/site/index.html")]
    [InlineData("header", "second", "", "web1 service nginx.service, web2 service nginx.service")]
    [InlineData("release", "better.py", "api", "web1 service app.service, web2 service app.service")]
    public async Task No_visitor_notices_a_change(string what, string value, string page, string order)
    {
        var run = await lab.ChangeAsync(0, what, value, page);

        Assert.Equal(order, string.Join(", ", Finished(run).Where(f => order.Contains(f, StringComparison.Ordinal))));
        var (requests, failed, gap) = RollingLab.Probed(run);
        Console.WriteLine($"{what}: {requests} requests, {failed} failed, longest gap {gap} ms");
        Assert.Equal(0, failed);
        Assert.Equal(0, (await lab.RunAsync(0, ["apply", "--yes"])).Number("changed"));
    }

    [Fact]
    public async Task No_visitor_notices_a_broken_release_and_the_old_one_serves_again()
    {
        var run = await lab.ChangeAsync(1, "release", "broken.py", "api");

        var (requests, failed, gap) = RollingLab.Probed(run);
        Console.WriteLine($"broken release: {requests} requests, {failed} failed, longest gap {gap} ms");
        Assert.Equal((0, 2), (failed, run.Number("undone")));
        foreach (var server in new[] { "10.78.70.21", "10.78.70.22" })
        {
            using var http = new HttpClient();
            Assert.True((await http.GetAsync(new Uri($"http://{server}:8000/api"), Ct)).IsSuccessStatusCode);
        }

        Assert.Equal(0, (await lab.RunAsync(0, ["apply", "--yes"])).Number("changed"));
    }

    [Fact]
    public async Task A_server_that_a_killed_run_has_taken_out_is_back_with_the_next_even_if_that_has_nothing_to_change()
    {
        await lab.KillWhileDrainedAsync("header", "never seen");
        Assert.NotEqual("", await lab.DrainedAsync());

        Assert.Equal(0, (await lab.RunAsync(0, ["apply", "--yes"])).Number("changed"));

        Assert.Equal("", await lab.DrainedAsync());
    }

    [Fact]
    public async Task The_death_of_the_active_load_balancer_is_a_gap_of_a_second_at_most_and_the_drill_measures_it()
    {
        using var stop = new CancellationTokenSource();
        var killed = Task.CompletedTask;
        var outside = new OutsideClient(new IPEndPoint(IPAddress.Parse("10.78.70.100"), 80)).AskAsync(stop.Token);

        var drill = await lab.RunAsync(0, ["drill", "failover", "--cluster", "www", "--by-hand"], said =>
        {
            if (said.Contains("cut the power of lb1", StringComparison.Ordinal))
                killed = KillSoonAsync();
        });
        await stop.CancelAsync();
        await killed;
        await lab.StartAsync();

        var (seen, measured) = (await outside, TimeSpan.FromMilliseconds(RollingLab.Probed(drill).LongestGapMs));
        Console.WriteLine($"death of lb1: outside {seen.TotalMilliseconds:0} ms, drill {measured.TotalMilliseconds:0} ms");
        Assert.InRange(seen, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange((seen - measured).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    // The drill has begun to measure by then.
    private async Task KillSoonAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1.5), Ct);
        await lab.KillAsync();
    }

    private static string[] Finished(ProgramRun run) =>
    [
        .. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(e => e.GetProperty("type").GetString() == "resource-finished" && e.GetProperty("outcome").GetString() == "changed")
            .Select(e => $"{e.GetProperty("host").GetString()} {e.GetProperty("kind").GetString()} {e.GetProperty("name").GetString()}"),
    ];
}
