using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Cli.Tests.Commands;

public sealed class PlanTests
{
    [Fact]
    public async Task A_plan_reads_like_a_review()
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync("plan", "site.csx");

        Assert.Equal(0, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task Verbose_also_shows_what_is_unchanged_and_every_step()
    {
        var stage = Sample.Stage();

        await stage.RunAsync("plan", "site.csx", "-v", "--no-diff");

        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task Colours_are_for_terminals()
    {
        var stage = Sample.Stage(colours: true);

        await stage.RunAsync("plan", "site.csx", "--hosts", "web1");

        await Verifier.Verify(stage.Said.Replace("\x1b", "^", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_selector_that_means_no_host_is_wrong_use()
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync("plan", "site.csx", "--hosts", "wbe1");

        Assert.Equal(2, code);
        Assert.Empty(stage.Hosts["web1"].Exchanges);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task A_plan_touches_nothing()
    {
        var stage = Sample.Stage();

        await stage.RunAsync("plan", "site.csx");

        Assert.Empty(stage.Hosts["web1"].Steps);
        Assert.Single(stage.Hosts["web1"].Exchanges);
    }

    [Fact]
    public async Task With_detailed_exitcode_pending_changes_answer_2()
    {
        Assert.Equal(2, await Sample.Stage().RunAsync("plan", "site.csx", "--detailed-exitcode"));
    }

    [Fact]
    public async Task With_detailed_exitcode_nothing_to_change_answers_0()
    {
        var stage = new Stage(fleet => fleet.Host("web1").Add(new Thing("a", "1")));
        stage.Hosts["web1"].Files["a"] = "1";

        Assert.Equal(0, await stage.RunAsync("plan", "site.csx", "--detailed-exitcode"));
    }

    [Fact]
    public async Task With_detailed_exitcode_a_script_with_mistakes_answers_1()
    {
        var stage = new Stage(fleet => fleet.Host("web1").Add(new Thing("a", "")));

        Assert.Equal(1, await stage.RunAsync("plan", "site.csx", "--detailed-exitcode"));
    }

    [Fact]
    public async Task A_host_that_is_not_reached_is_shown_with_its_cause_and_the_others_are_planned()
    {
        var stage = Sample.Stage();
        stage.Hosts["web1"].Unreachable = new HostUnreachableException("web1", "10.77.0.21:22: connection refused", "Is sshd running there?\n    ssh web1");

        var code = await stage.RunAsync("plan", "site.csx");

        Assert.Equal(1, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task A_resource_that_cannot_be_read_says_why()
    {
        var stage = Sample.Stage();
        stage.Hosts["web1"].Answers("thing", _ => "nonsense\n");

        var code = await stage.RunAsync("plan", "site.csx", "--hosts", "web1");

        Assert.Equal(1, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task What_a_target_says_cannot_steer_the_terminal()
    {
        var stage = new Stage(fleet => fleet.Host("web1").Add(new Thing("a", "1")));
        stage.Hosts["web1"].Files["a"] = "\x1b[2Jgone";

        await stage.RunAsync("plan", "site.csx");

        Assert.Contains("value: ␛[2Jgone → 1", stage.Said, System.StringComparison.Ordinal);
    }
}
