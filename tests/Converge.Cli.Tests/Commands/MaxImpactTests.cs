using System;
using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Cli.Tests.Commands;

public sealed class MaxImpactTests
{
    [Theory]
    [InlineData("plan", "site.csx")]
    [InlineData("apply", "site.csx", "--yes")]
    public async Task More_than_the_allowed_impact_is_refused_by_name_before_anything_is_touched(params string[] arguments)
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync([.. arguments, "--no-diff", "--max-impact", "reload"]);

        Assert.Equal(1, code);
        Assert.Empty(stage.Hosts["dns1"].Steps);
        await Verifier.Verify(stage.Error.ToString()).UseTextForParameters(arguments[0]);
    }

    [Fact]
    public async Task What_is_within_the_allowed_impact_is_done()
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync("apply", "site.csx", "--yes", "--max-impact", "data");

        Assert.Equal(0, code);
        Assert.Equal("utf8mb4", stage.Hosts["db1"].Files["data"].Text);
    }

    [Fact]
    public async Task What_was_undecided_is_refused_at_its_turn_when_it_would_go_beyond()
    {
        var stage = new Stage(fleet =>
        {
            var web = fleet.Host("web1");
            var daemon = web.Add(new Thing("daemon", "installed"));
            var listener = web.Add(new Thing("listener", "running") { Impact = Impact.Restart, After = [daemon] });
            web.Add(new Thing("site", "served") { After = [listener] });
        });

        var code = await stage.RunAsync("apply", "site.csx", "--yes", "--max-impact", "reload");

        Assert.Equal(1, code);
        Assert.Equal(["daemon"], stage.Hosts["web1"].Files.Keys);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task A_word_that_is_no_impact_is_wrong_use()
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync("plan", "site.csx", "--max-impact", "reboot");

        Assert.Equal(2, code);
        Assert.Contains("none, runtime, reload, restart, failover, data", stage.Error.ToString(), StringComparison.Ordinal);
    }
}
