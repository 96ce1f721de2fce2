using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Graph;
using Converge.Sessions;
using Converge.Testing;

namespace Converge.Core.Tests.Applying;

public sealed class FreshConnectionTests
{
    private readonly InMemoryConnector _hosts = new();
    private readonly List<string> _verbs = [];

    public FreshConnectionTests() => _hosts["web"].Answers("gate", _ => _hosts["web"].Files.ContainsKey("gate") ? "open" : "").Runs("open", call =>
    {
        call.Host.Files["gate"] = "";
        return InMemoryHost.Success;
    }).Runs("sh", call =>
    {
        _verbs.Add(call.Arguments[3]);
        if (call.Arguments[3] is "await" or "now")
        {
            call.Host.Files.Clear();
        }

        return InMemoryHost.Success;
    });

    [Fact]
    public async Task A_change_that_may_cut_us_off_is_confirmed_over_a_new_connection()
    {
        var result = await ApplyAsync(new Anew(_hosts));

        Assert.Equal((Outcome.Changed, "arm confirm"), (result.Outcome, string.Join(' ', _verbs)));
    }

    [Fact]
    public async Task Where_no_new_connection_gets_in_the_host_has_put_it_back_and_the_resource_has_failed()
    {
        var result = await ApplyAsync(new Anew(_hosts) { Refusal = new HostUnreachableException("web", "nothing answers") });

        Assert.Equal((Outcome.Failed, "arm await"), (result.Outcome, string.Join(' ', _verbs)));
        Assert.Equal(
            ("gate main on web: put back", "no new connection got in within 1 s, so the host has put back what was before (gate): nothing answers"),
            (result.Failure!.Title, result.Failure.Detail));
    }

    [Fact]
    public async Task A_change_that_failed_is_put_back_at_once()
    {
        _hosts["web"].Runs("open", _ => Answer.FromText("", "jammed\n", 1));

        var result = await ApplyAsync(new Anew(_hosts));

        Assert.Equal((Outcome.Failed, "arm now", "gate main on web: failed"), (result.Outcome, string.Join(' ', _verbs), result.Failure!.Title));
    }

    [Fact]
    public async Task Where_nothing_changes_there_is_neither_a_new_connection_nor_a_further_exchange()
    {
        _hosts["web"].Files["gate"] = "";
        var connector = new Anew(_hosts);

        var result = await ApplyAsync(connector);

        Assert.Equal((Outcome.Unchanged, 0, 1), (result.Outcome, connector.Count, _hosts["web"].Exchanges.Count));
    }

    [Theory]
    [InlineData(false, "arm took confirm", "Changed Changed")]
    [InlineData(true, "arm took await", "Changed Failed")]
    public async Task A_change_that_another_resource_takes_in_is_confirmed_after_it(bool cut, string verbs, string outcomes)
    {
        _hosts["web"].Answers("taker", _ => _hosts["web"].Files.ContainsKey("took") ? "open" : "").Runs("take", call =>
        {
            _verbs.Add("took");
            call.Host.Files["took"] = "";
            return InMemoryHost.Success;
        });
        var connector = new Anew(_hosts) { Refusal = cut ? new HostUnreachableException("web", "nothing answers") : null };

        var results = await ApplyAsync(connector, new Gate { UntilTakenIn = true }, new Taker());

        Assert.Equal((verbs, outcomes), (string.Join(' ', _verbs), string.Join(' ', results.Select(r => r.Outcome))));
    }

    [Fact]
    public async Task Where_those_who_would_take_it_in_have_nothing_to_do_it_is_confirmed_all_the_same()
    {
        _hosts["web"].Answers("taker", _ => "open");

        var results = await ApplyAsync(new Anew(_hosts), new Gate { UntilTakenIn = true }, new Taker());

        Assert.Equal(("arm confirm", "Changed Unchanged"), (string.Join(' ', _verbs), string.Join(' ', results.Select(r => r.Outcome))));
    }

    private static async Task<ResourceResult> ApplyAsync(IHostConnector connector) => (await ApplyAsync(connector, new Gate())).Single();

    private static async Task<IReadOnlyList<ResourceResult>> ApplyAsync(IHostConnector connector, params Resource[] resources)
    {
        var ct = TestContext.Current.CancellationToken;
        var fleet = new Fleet();
        var host = fleet.Host("web");
        foreach (var resource in resources)
        {
            host.Add(resource);
        }

        await using var run = new FleetRun(FleetGraph.Build(fleet), connector);
        return [.. (await run.ApplyAsync(await run.PlanAsync(ct), ct, ct)).Resources];
    }

    /// <summary>Tells new connections from others.</summary>
    private sealed class Anew(IHostConnector hosts) : IHostConnector
    {
        public HostUnreachableException? Refusal { get; init; }

        public int Count { get; private set; }

        public Task<IHostSession> ConnectAsync(Host host, CancellationToken ct) => hosts.ConnectAsync(host, ct);

        public Task<IHostSession> ConnectAnewAsync(Host host, CancellationToken ct)
        {
            Count++;
            return Refusal is null ? hosts.ConnectAsync(host, ct) : throw Refusal;
        }
    }

    /// <summary>Takes in what the gate does, like a service that reloads on a file.</summary>
    private sealed record Taker : Resource<bool>
    {
        private static readonly Question<object> _taker = new("taker", "true", answer => answer.Text);

        public override string Kind => "taker";

        public override string Name => "main";

        public override IEnumerable<Provision> Needs => [Provision.Path("/gate")];

        public override Query<bool> Query => _taker.Ask().Select(text => "open".Equals(text));

        public override IEnumerable<Change> Diff(bool state, DiffContext context) =>
            state ? [] : [new Change("taker", "old", "new") { Steps = [new RunProgram("take", [])] }];
    }

    private sealed record Gate : Resource<bool>
    {
        private static readonly Question<object> _gate = new("gate", "true", answer => answer.Text);

        public bool UntilTakenIn { get; init; }

        public override IEnumerable<Provision> Provides => [Provision.Path("/gate")];

        public override string Kind => "gate";

        public override string Name => "main";

        public override Query<bool> Query => _gate.Ask().Select(text => "open".Equals(text));

        public override IEnumerable<Change> Diff(bool state, DiffContext context) => state
            ? []
            : [new Change("gate", "shut", "open") { Steps = [new RunProgram("open", [])], WayBack = new WayBack("gate", "true", "true") { Patience = TimeSpan.FromSeconds(1), UntilTakenIn = UntilTakenIn } }];
    }
}
