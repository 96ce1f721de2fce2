using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Cli.Tests.Commands;

public sealed class JsonTests
{
    [Fact]
    public async Task An_apply_is_one_event_a_line_and_ends_with_the_summary()
    {
        var stage = new Stage(fleet =>
        {
            var web = fleet.Host("web1", file: "site.csx", line: 1);
            web.Add(new Bundle("proxy", new Thing("config", "new \"quoted\" → ü")), "site.csx", 2);
        });

        var code = await stage.RunAsync("apply", "site.csx", "--yes", "--json");

        Assert.Equal(0, code);
        Assert.Empty(stage.Error.ToString());
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task A_plan_tells_every_resource_that_changes()
    {
        var stage = Sample.Stage();

        await stage.RunAsync("plan", "site.csx", "--json", "--hosts", "web1");

        await Verifier.Verify(stage.Said);
    }

    [Theory]
    [InlineData("plan", "site.csx", "--json", "--var", "wrong")]
    [InlineData("plan", "--json")]
    [InlineData("paln", "site.csx", "--json")]
    [InlineData("apply", "site.csx", "--json")]
    public async Task Wrong_use_is_an_event_too(params string[] arguments)
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync(arguments);

        Assert.Equal(2, code);
        var events = stage.Out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["error", "summary"], events.Select(e => e.GetProperty("type").GetString()));
        Assert.Equal(2, events[^1].GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task Mistakes_are_events_with_their_places()
    {
        var stage = new Stage(fleet => fleet.Host("web1", file: "site.csx", line: 1).Add(new Thing("a", ""), "site.csx", 2));

        var code = await stage.RunAsync("check", "site.csx", "--json");

        Assert.Equal(2, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task A_failure_is_an_event_with_its_parts()
    {
        var stage = new Stage(fleet => fleet.Host("web1", file: "site.csx", line: 1).Add(new Thing("a", "1"), "site.csx", 2));
        stage.Hosts["web1"].Runs("set-thing", _ => Answer.FromText("", "no space left\n", 1));

        await stage.RunAsync("apply", "site.csx", "--json", "--yes");

        await Verifier.Verify(stage.Said);
    }
}
