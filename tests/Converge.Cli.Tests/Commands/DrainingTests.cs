using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Cli.Tests.Commands;

public sealed class DrainingTests
{
    private readonly List<string> _log = [];

    [Fact]
    public async Task A_server_gets_no_traffic_from_before_its_change_until_its_gate_has_passed()
    {
        var stage = Site(Impact.Restart);

        var code = await stage.RunAsync("apply", "site.csx", "--yes");

        Assert.Equal(0, code);
        string[] forOne(string app) => [$"lb1 drain {app}", $"lb2 drain {app}", $"{app} set", $"{app} gate", $"lb1 ready {app}", $"lb2 ready {app}"];
        Assert.Equal([.. forOne("app1"), .. forOne("app2")], _log);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task What_disturbs_nobody_is_done_under_traffic()
    {
        var stage = Site(Impact.None);

        Assert.Equal(0, await stage.RunAsync("apply", "site.csx", "--yes"));

        Assert.Equal(["app1 set", "app1 gate", "app2 set", "app2 gate"], _log);
    }

    [Fact]
    public async Task A_server_comes_back_after_what_its_gate_refused_was_undone()
    {
        var stage = Site(Impact.Restart, serves: 1);

        Assert.Equal(1, await stage.RunAsync("apply", "site.csx", "--yes"));

        Assert.Equal(["lb1 drain app1", "lb2 drain app1", "app1 set", "app1 gate", "app1 set", "lb1 ready app1", "lb2 ready app1"], _log);
    }

    [Fact]
    public async Task A_server_that_cannot_be_drained_is_not_touched()
    {
        var stage = Site(Impact.Restart);
        stage.Hosts["lb2"].Runs("drain", _ => Answer.FromText("", "no such socket\n", 1));

        Assert.Equal(1, await stage.RunAsync("apply", "site.csx", "--yes"));

        Assert.Equal(["lb1 drain app1", "lb1 ready app1", "lb2 ready app1"], _log);
        Assert.Contains("because app1 on lb2: drain app1 failed: no such socket", stage.Said, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_come_back_keeps_the_next_one_untouched()
    {
        var stage = Site(Impact.Restart);
        stage.Hosts["lb2"].Runs("ready", _ => Answer.FromText("", "not well\n", 1));

        Assert.Equal(1, await stage.RunAsync("apply", "site.csx", "--yes"));

        Assert.DoesNotContain("app2 set", _log);
    }

    [Fact]
    public async Task Drained_servers_are_changed_one_at_a_time_also_where_the_script_says_nothing()
    {
        var stage = Site(Impact.Restart, rolling: false);

        Assert.Equal(0, await stage.RunAsync("apply", "site.csx", "--yes"));

        Assert.Equal(["app1 set", "app2 set"], _log.Where(l => l.EndsWith("set", System.StringComparison.Ordinal)));
        Assert.True(_log.IndexOf("lb2 ready app1") < _log.IndexOf("lb1 drain app2"));
    }

    [Fact]
    public async Task A_load_balancer_that_is_down_is_not_asked()
    {
        var stage = Site(Impact.Restart);
        stage.Hosts["lb2"].Unreachable = new HostUnreachableException("lb2", "lb2 is off");

        await stage.RunAsync("apply", "site.csx", "--yes");

        Assert.Contains("app2 set", _log);
        Assert.DoesNotContain(_log, l => l.StartsWith("lb2", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_says_what_is_disturbed_under_traffic()
    {
        var stage = new Stage(fleet =>
        {
            var app = fleet.Host("app1");
            app.Add(new Thing("release", "2") { Impact = Impact.Restart });
            fleet.Host("lb1").Add(new Balancer(new Draining(app, [], []) { WhyNot = "the only server of pages" }));
        });

        await stage.RunAsync("plan", "site.csx");

        Assert.Contains("Not drained: app1, the only server of pages\n", stage.Said, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_says_which_load_balancer_goes_on_sending_traffic()
    {
        var stage = Site(Impact.Restart);

        await stage.RunAsync("plan", "site.csx", "--hosts", "app1 or lb1");

        Assert.Contains("Drained meanwhile: app1\nNot drained: app1, lb2 is not reached by this run\n", stage.Said, System.StringComparison.Ordinal);
    }

    // Two servers, two load balancers; who does what is in the log.
    private Stage Site(Impact impact, int serves = 0, bool rolling = true)
    {
        var stage = new Stage(fleet =>
        {
            var apps = Fleet.Group(fleet.Host("app1"), fleet.Host("app2"));
            apps.Add(new Thing("release", "2") { Impact = impact });
            Fleet.Group(fleet.Host("lb1"), fleet.Host("lb2"))
                .Add(new Balancer([.. apps.Select(a => new Draining(a, [new RunProgram("drain", [a.Name])], [new RunProgram("ready", [a.Name])]))]));
            if (rolling)
            {
                fleet.Roll(apps, atOnce: 1, [Gate.Command("serves") with { Attempts = 1 }]);
            }
        });
        foreach (var app in new[] { "app1", "app2" })
        {
            stage.Hosts[app].Files["release"] = "1";
            stage.Hosts[app].Runs("serves", _ => Said($"{app} gate", "", serves));
            stage.Hosts[app].Runs("set-thing", call =>
            {
                call.Host.Files[call.Arguments[0]] = call.Arguments[1];
                return Said($"{app} set", "");
            });
        }

        foreach (var lb in new[] { "lb1", "lb2" })
        {
            stage.Hosts[lb].Runs("drain", call => Said($"{lb} drain {call.Arguments[0]}", $"pages/{call.Arguments[0]} drained"));
            stage.Hosts[lb].Runs("ready", call => Said($"{lb} ready {call.Arguments[0]}", ""));
        }

        return stage;
    }

    private Answer Said(string line, string text, int exitCode = 0)
    {
        lock (_log)
        {
            _log.Add(line);
        }

        return Answer.FromText(text, exitCode: exitCode);
    }

    private sealed record Balancer(params IReadOnlyList<Draining> Servers) : Composite
    {
        public override string Kind => "balancer";

        public override string Name => "balancer";

        public override IEnumerable<Draining> Drains => Servers;

        public override void Expand(Expansion expansion)
        {
        }
    }
}
