using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Cli.Tests.Commands;

public sealed class ApplyTests
{
    [Fact]
    public async Task Each_resource_is_told_as_it_finishes_and_a_line_of_counts_ends_it()
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync("apply", "site.csx", "--yes", "--no-diff");

        Assert.Equal(0, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task A_second_apply_changes_nothing_in_one_exchange_per_host()
    {
        var stage = Sample.Stage();
        await stage.RunAsync("apply", "site.csx", "--yes");
        stage.Out.GetStringBuilder().Clear();

        var code = await stage.RunAsync("apply", "site.csx", "--yes");

        Assert.Equal(0, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task Without_a_terminal_and_without_yes_it_refuses_before_anything()
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync("apply", "site.csx");

        Assert.Equal(2, code);
        Assert.Null(stage.Request);
        await Verifier.Verify(stage.Said);
    }

    [Theory]
    [InlineData("y\n", 0)]
    [InlineData("YES\n", 0)]
    [InlineData("\n", 1)]
    [InlineData("n\n", 1)]
    [InlineData("", 1)]
    public async Task On_a_terminal_it_asks(string typed, int expected)
    {
        var stage = Sample.Stage(typed);

        var code = await stage.RunAsync("apply", "site.csx");

        Assert.Equal(expected, code);
        Assert.Contains("Apply this to 2 hosts? [y/N] ", stage.Said, System.StringComparison.Ordinal);
        Assert.Equal(expected == 0, stage.Hosts["web1"].Steps.Count > 0);
    }

    [Fact]
    public async Task Nothing_to_change_is_not_asked_about()
    {
        var stage = new Stage(fleet => fleet.Host("web1").Add(new Thing("a", "1"))) { Typed = "" };
        stage.Hosts["web1"].Files["a"] = "1";

        var code = await stage.RunAsync("apply", "site.csx");

        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_failure_says_what_the_tool_said_and_what_was_skipped_for_it()
    {
        var stage = Sample.Stage();
        stage.Hosts["db1"].Runs("set-thing", _ => Answer.FromText("", "ERROR 1044: access denied\n\x1b[31mgiving up\n", 1));

        var code = await stage.RunAsync("apply", "site.csx", "--yes", "--no-diff");

        Assert.Equal(1, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task A_probe_that_fails_beforehand_stops_before_anything_is_changed()
    {
        var stage = Sample.Stage();

        // Nobody listens on port 1.
        var code = await stage.RunAsync("apply", "site.csx", "--yes", "--no-diff", "--probe", "http://www.foobar.com:1/", "--probe-address", "127.0.0.1");

        Assert.Equal(1, code);
        Assert.Empty(stage.Hosts["web1"].Steps);
        Assert.Contains("the probe fails before anything is changed: Connection refused", stage.Said, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--probe", "www.foobar.com")]
    [InlineData("--probe", "http://www.foobar.com/", "--rate", "0")]
    [InlineData("--probe", "http://www.foobar.com/", "--probe-address", "lb1")]
    public async Task A_probe_that_makes_no_sense_is_wrong_use(params string[] options)
    {
        var stage = Sample.Stage();

        Assert.Equal(2, await stage.RunAsync(["apply", "site.csx", "--yes", .. options]));
        Assert.Null(stage.Request);
    }

    [Fact]
    public async Task Verbose_shows_steps_and_their_output()
    {
        var stage = Sample.Stage();

        await stage.RunAsync("apply", "site.csx", "--yes", "--no-diff", "-v", "--hosts", "db1");

        await Verifier.Verify(stage.Said);
    }
}
