using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Testing.Tests;

public sealed class InMemoryHostTests
{
    private static readonly Question<string> Greeting = new("greeting", "echo hello", a => a.Text);

    private readonly ManualTime _time = new();
    private readonly InMemoryConnector _connector;
    private readonly Host _host = new Fleet().Host("web1");
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    public InMemoryHostTests() => _connector = new InMemoryConnector(_time);

    private InMemoryHost Target => _connector["web1"];

    private async Task<IReadOnlyList<ItemResult>> ExchangeAsync(params ExchangeItem[] items)
    {
        await using var session = await _connector.ConnectAsync(_host, _ct);
        return await session.ExchangeAsync(items, null, _ct);
    }

    private static StepItem Run(string program, int group = 0, params string[] arguments) => new(new RunProgram(program, arguments), default, group);

    private static StepItem Put(PutFile put, string text) => new(put, Encoding.UTF8.GetBytes(text), 0);

    [Fact]
    public async Task A_question_is_answered_by_its_name_with_the_arguments_of_all_who_ask()
    {
        Target.Answers("greeting", arguments => string.Join('+', arguments));

        var results = await ExchangeAsync(new QuestionItem(Greeting, ["a", "b"]));

        Assert.Equal("a+b", results[0].Answer!.Text);
    }

    [Fact]
    public async Task A_question_without_an_answer_is_a_mistake_of_the_test()
    {
        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(() => ExchangeAsync(new QuestionItem(Greeting, [])));

        Assert.Contains("connector[\"web1\"].Answers(\"greeting\", …)", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_step_stops_the_rest_of_its_group_and_nothing_else()
    {
        Target.Runs("true").Runs("false", _ => Answer.FromText("", "no\n", 1));

        var results = await ExchangeAsync(Run("false", group: 1), Run("true", group: 1), Run("true", group: 2));

        Assert.Equal(1, results[0].Answer!.ExitCode);
        Assert.Null(results[1].Answer);
        Assert.Equal(0, results[2].Answer!.ExitCode);
    }

    [Fact]
    public async Task A_file_that_is_put_is_there_and_keeps_the_owner_of_the_one_before()
    {
        Target.Files["/etc/motd"] = new InMemoryFile("old"u8.ToArray()) { Owner = "www" };

        await ExchangeAsync(Put(new PutFile("/etc/motd", "new"), "new"));

        Assert.Equal(("new", "www"), (Target.Files["/etc/motd"].Text, Target.Files["/etc/motd"].Owner));
    }

    [Fact]
    public async Task A_file_that_its_validation_refuses_leaves_the_old_one()
    {
        Target.Files["/etc/x"] = "old";
        Target.Runs("checker", call => Answer.FromText("", call.Host.Files[call.Arguments[1]].Text + " is bad\n", 3));

        var results = await ExchangeAsync(Put(new PutFile("/etc/x", "new") { Validation = new("checker", ["-c", Validation.NewFile]) }, "new"));

        Assert.Equal((3, "new is bad\n"), (results[0].Answer!.ExitCode, results[0].Answer!.Error));
        Assert.Equal("old", Target.Files["/etc/x"].Text);
        Assert.DoesNotContain("/etc/x.new", Target.Files.Keys);
    }

    [Fact]
    public async Task A_program_that_outlasts_its_deadline_times_out()
    {
        Target.Runs("slow", _ => InMemoryHost.Success with { Duration = TimeSpan.FromHours(1) });

        var exchange = ExchangeAsync(Run("slow"));
        await _time.UntilWaitingAsync(1, _ct);
        _time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal([new ItemResult(null, TimedOut: true)], await exchange);
    }

    [Fact]
    public async Task An_intercepted_item_never_reaches_the_host()
    {
        Target.Intercept = (_, _) => throw new HostUnreachableException("web1", "connection lost");

        await Assert.ThrowsAsync<HostUnreachableException>(() => ExchangeAsync(Run("true")));
    }

    [Fact]
    public async Task Everything_that_reached_the_host_is_recorded()
    {
        Target.Runs("systemctl");

        await ExchangeAsync(Run("systemctl", 0, "restart", "nginx"), Put(new PutFile("/etc/x", "x"), "x"));

        Assert.Equal(["systemctl restart nginx", "put /etc/x"], Target.Steps);
        Assert.Single(Target.Exchanges);
    }
}
