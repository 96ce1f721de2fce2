using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Cli.Tests.Commands;

public sealed class RollingTests
{
    [Fact]
    public async Task Hosts_are_changed_one_after_the_other_with_a_gate_after_each()
    {
        var stage = Site(Gate.Command("serves"));
        stage.Hosts["app1"].Runs("serves", _ => Answer.FromText(""));
        stage.Hosts["app2"].Runs("serves", _ => Answer.FromText(""));

        var code = await stage.RunAsync("apply", "site.csx", "--yes");

        Assert.Equal(0, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task A_gate_that_fails_undoes_its_batch_and_leaves_the_rest_alone()
    {
        var stage = Site(Gate.Command("serves") with { Attempts = 1 });
        stage.Hosts["app1"].Runs("serves", _ => Answer.FromText("", "no connection\n", 7));

        var code = await stage.RunAsync("apply", "site.csx", "--yes");

        Assert.Equal(1, code);
        Assert.Equal("1", stage.Hosts["app1"].Files["release"].Text);
        Assert.Equal("1", stage.Hosts["app2"].Files["release"].Text);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task A_gate_is_asked_until_its_attempts_are_used_up()
    {
        var asked = 0;
        var stage = Site(Gate.Command("serves") with { Attempts = 3, Interval = System.TimeSpan.Zero });
        stage.Hosts["app1"].Runs("serves", _ => Answer.FromText("", "", ++asked < 3 ? 1 : 0));
        stage.Hosts["app2"].Runs("serves", _ => Answer.FromText(""));

        var code = await stage.RunAsync("apply", "site.csx", "--yes");

        Assert.Equal((0, 3), (code, asked));
    }

    [Fact]
    public async Task What_a_batch_cannot_undo_is_in_the_plan()
    {
        var stage = Site(Gate.Command("serves"));
        stage.Hosts["app2"].Files.TryRemove("release", out _);

        await stage.RunAsync("plan", "site.csx");

        Assert.Contains("Cannot be undone: thing release on app2\n", stage.Said, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_does_not_wait_for_what_waits_for_it()
    {
        var stage = new Stage(fleet =>
        {
            var (first, second) = (fleet.Host("app1"), fleet.Host("app2"));
            var opening = second.Add(new Thing("opening", "8000"));
            first.Add(new Thing("release", "2") { After = [opening] });
            second.Add(new Thing("release", "2"));
            fleet.Roll([first, second]);
        });

        Assert.Equal(0, await stage.RunAsync("apply", "site.csx", "--yes"));
    }

    [Fact]
    public async Task What_depends_on_a_batch_waits_for_its_gate()
    {
        var stage = WithDependent();
        stage.Hosts["app1"].Runs("serves", _ => stage.Hosts["web1"].Files.ContainsKey("site") ? Answer.FromText("", "too late\n", 1) : Answer.FromText(""));

        Assert.Equal(0, await stage.RunAsync("apply", "site.csx", "--yes"));

        Assert.Equal("1", stage.Hosts["web1"].Files["site"].Text);
    }

    [Fact]
    public async Task What_depends_on_a_batch_whose_gate_fails_is_skipped()
    {
        var stage = WithDependent();
        stage.Hosts["app1"].Runs("serves", _ => Answer.FromText("", "", 1));

        Assert.Equal(1, await stage.RunAsync("apply", "site.csx", "--yes"));

        Assert.Contains("web1: skipped thing site, because gate serves from app1 failed", stage.Said, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_batch_waits_for_does_not_wait_for_its_gate()
    {
        var stage = new Stage(fleet =>
        {
            var (app, web) = (fleet.Host("app1"), fleet.Host("web1"));
            var release = app.Add(new Thing("release", "2"));
            var site = web.Add(new Thing("site", "1") { After = [release] });
            app.Add(new Thing("link", "3") { After = [site] });
            fleet.Roll([app], atOnce: 1, [Gate.Command("serves")]);
        });
        stage.Hosts["app1"].Runs("serves", _ => Answer.FromText(""));

        Assert.Equal(0, await stage.RunAsync("apply", "site.csx", "--yes"));
    }

    private static Stage WithDependent() => new(fleet =>
    {
        var app = fleet.Host("app1");
        var release = app.Add(new Thing("release", "2"));
        fleet.Host("web1").Add(new Thing("site", "1") { After = [release] });
        fleet.Roll([app], atOnce: 1, [Gate.Command("serves") with { Attempts = 1 }]);
    });

    [Theory]
    [InlineData("10.0.0.11", "Rolling: lb2, then lb1\n")]
    [InlineData("10.0.0.12", "Rolling: lb1, then lb2\n")]
    [InlineData(null, null)]
    public async Task Whoever_holds_the_address_of_a_cluster_is_changed_last(string? holder, string? said)
    {
        var stage = new Stage(fleet => Fleet.Group(fleet.Host("lb1", "10.0.0.11"), fleet.Host("lb2", "10.0.0.12"))
            .Add(new Thing("config", "2") { Impact = Impact.Reload, Shared = new SharedAddress("10.0.0.100", 24) }));
        foreach (var (name, address) in new[] { ("lb1", "10.0.0.11"), ("lb2", "10.0.0.12") })
        {
            string[] addresses = address == holder ? [$"{address}/24", "10.0.0.100/24"] : [$"{address}/24"];
            stage.Hosts[name].Facts = stage.Hosts[name].Facts with { Interfaces = [new NetworkInterface("eth0", addresses)] };
        }

        await stage.RunAsync("plan", "site.csx");

        Assert.Equal(said is not null, stage.Said.Contains(said ?? "Rolling:", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cluster_of_which_one_member_changes_has_nobody_to_wait_for()
    {
        var stage = new Stage(fleet => Fleet.Group(fleet.Host("lb1", "10.0.0.11"), fleet.Host("lb2", "10.0.0.12"))
            .Add(new Thing("config", "2") { Impact = Impact.Reload, Shared = new SharedAddress("10.0.0.100", 24) }));
        stage.Hosts["lb1"].Facts = stage.Hosts["lb1"].Facts with { Interfaces = [new NetworkInterface("eth0", ["10.0.0.11/24", "10.0.0.100/24"])] };
        stage.Hosts["lb2"].Files["config"] = "2";

        var code = await stage.RunAsync("apply", "site.csx", "--yes").WaitAsync(System.TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal((0, "2"), (code, stage.Hosts["lb1"].Files["config"].Text));
    }

    private static Stage Site(Gate gate)
    {
        var stage = new Stage(fleet =>
        {
            var apps = Fleet.Group(fleet.Host("app1"), fleet.Host("app2"));
            apps.Add(new Thing("release", "2"));
            fleet.Roll(apps, atOnce: 1, [gate]);
        });
        stage.Hosts["app1"].Files["release"] = "1";
        stage.Hosts["app2"].Files["release"] = "1";
        return stage;
    }
}
