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
