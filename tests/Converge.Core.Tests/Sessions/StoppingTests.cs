using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions;

public sealed class StoppingTests : IAsyncDisposable
{
    private readonly LocalHosts _local = new();

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    [Theory]
    [InlineData("dash", "exec sleep 300")]
    [InlineData("bash", "exec sleep 300")]
    [InlineData("dash", "sleep 300 & wait")]
    [InlineData("dash", "timeout 290 sleep 300")]
    [InlineData("dash", "setsid -w sleep 300")]
    public async Task Cancelling_stops_what_runs_and_all_that_it_started(string shell, string script)
    {
        var session = await _local.ConnectAsync(shell);
        using var cancel = new CancellationTokenSource();
        var exchange = session.ExchangeAsync([Sh(Report() + script), Run("touch", _local.PathOf("never"))], null, cancel.Token);
        var pid = await Processes.ReadPidAsync(_local.PathOf("pid"));
        var children = await ChildrenAsync(pid, script.StartsWith("exec", StringComparison.Ordinal) ? 0 : 1);
        var start = Stopwatch.GetTimestamp();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange);

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.All([pid, .. children], p => Assert.False(Processes.IsRunning(p)));
        Assert.False(File.Exists(_local.PathOf("never")));
    }

    [Fact]
    public async Task When_no_more_steps_are_wanted_the_one_that_runs_ends_and_the_questions_are_asked()
    {
        var session = await _local.ConnectAsync();
        using var noMoreSteps = new CancellationTokenSource();
        var exchange = session.ExchangeAsync(
            [Sh(Report() + "sleep 2; echo ended"), Run("echo", "same group"), Run(1, "echo", "other group"), Ask("echo asked")], null, TestContext.Current.CancellationToken, noMoreSteps.Token);
        await Processes.ReadPidAsync(_local.PathOf("pid"));

        await noMoreSteps.CancelAsync();

        var results = await exchange;
        Assert.Equal(["ended\n", null, null, "asked\n"], results.Select(r => r.Answer?.Text));
        Assert.Equal("next\n", (await session.RunAsync(Run("echo", "next")))[0].Answer!.Text);
    }

    [Fact]
    public async Task A_session_goes_on_after_a_cancelled_exchange()
    {
        var session = await _local.ConnectAsync();
        using var cancel = new CancellationTokenSource();
        var exchange = session.ExchangeAsync([Sh(Report() + "exec sleep 300")], null, cancel.Token);
        await Processes.ReadPidAsync(_local.PathOf("pid"));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange);

        var results = await session.RunAsync(Ask("echo here"));

        Assert.Equal("here\n", results[0].Answer!.Text);
    }

    [Fact]
    public async Task What_ignores_the_request_to_end_is_killed()
    {
        var session = await _local.ConnectAsync();
        using var cancel = new CancellationTokenSource();
        var exchange = session.ExchangeAsync([Sh("trap '' TERM; " + Report() + "while :; do sleep 1; done")], null, cancel.Token);
        var pid = await Processes.ReadPidAsync(_local.PathOf("pid"));

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange);

        Assert.False(Processes.IsRunning(pid));
    }

    [Fact]
    public async Task A_cancelled_put_leaves_no_temporary_file()
    {
        var session = await _local.ConnectAsync();
        using var cancel = new CancellationTokenSource();
        var put = new PutFile(_local.PathOf("file"), "x") { Validation = new Validation("sh", ["-c", Report() + "exec sleep 300", "sh", Validation.NewFile]) };
        var exchange = session.ExchangeAsync([new StepItem(put, "x"u8.ToArray(), 0)], null, cancel.Token);
        await Processes.ReadPidAsync(_local.PathOf("pid"));

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange);

        Assert.Equal([_local.PathOf("pid")], Directory.GetFiles(_local.Folder));
    }

    [Theory]
    [InlineData("exec sleep 300")]
    [InlineData("sleep 300; echo after")]
    public async Task A_deadline_ends_a_step_and_says_so(string script)
    {
        var session = await _local.ConnectAsync();
        var slow = new StepItem(new RunProgram("sh", ["-c", Report() + script]) { Deadline = TimeSpan.FromSeconds(1) }, default, 0);

        var results = await session.RunAsync(slow, Run(0, "echo", "same group"), Run(1, "echo", "other group"));

        Assert.True(results[0].TimedOut);
        Assert.NotEqual(0, results[0].Answer!.ExitCode);
        Assert.Null(results[1].Answer);
        Assert.Equal(("other group\n", false), (results[2].Answer!.Text, results[2].TimedOut));
        Assert.False(Processes.IsRunning(await Processes.ReadPidAsync(_local.PathOf("pid"))));
    }

    [Fact]
    public async Task A_step_that_outlives_its_deadline_is_killed()
    {
        var session = await _local.ConnectAsync();
        var stubborn = new StepItem(new RunProgram("sh", ["-c", "trap '' TERM; while :; do sleep 1; done"]) { Deadline = TimeSpan.FromSeconds(1) }, default, 0);

        var results = await session.RunAsync(stubborn, Ask("echo next"));

        Assert.Equal((true, 137), (results[0].TimedOut, results[0].Answer!.ExitCode));
        Assert.Equal("next\n", results[1].Answer!.Text);
    }

    [Fact]
    public async Task A_deadline_ends_a_question_and_no_other()
    {
        var session = await _local.ConnectAsync(options: new SessionOptions { RaisePrivilege = false, QuestionDeadline = TimeSpan.FromSeconds(1) });

        var results = await session.RunAsync(Ask("echo before; sleep 300; echo after"), Ask("echo next"));

        Assert.True(results[0].TimedOut);
        Assert.Equal("before\n", results[0].Answer!.Text);
        Assert.Equal(("next\n", false), (results[1].Answer!.Text, results[1].TimedOut));
    }

    [Fact]
    public async Task A_controller_that_dies_takes_the_remote_work_with_it()
    {
        // The loader's shell sees nothing but the end of its input, as it does when the controller is killed.
        var session = await _local.ConnectAsync();
        var exchange = session.RunAsync(Sh(Report() + "sleep 300 & wait"));
        var pid = await Processes.ReadPidAsync(_local.PathOf("pid"));
        var children = await ChildrenAsync(pid, 1);

        await session.DisposeAsync();

        await Assert.ThrowsAsync<HostUnreachableException>(() => exchange.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.All([pid, .. children], p => Assert.False(Processes.IsRunning(p)));
    }

    [Fact]
    public async Task A_session_leaves_neither_processes_nor_files()
    {
        var session = await _local.ConnectAsync();
        var results = await session.RunAsync(Ask("echo $PPID; ls -d /run/converge.$PPID.* /var/tmp/converge.$PPID.* 2>/dev/null"));
        var lines = results[0].Answer!.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        await session.DisposeAsync();

        await Processes.AssertEndsAsync(int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromSeconds(2));
        Assert.False(Directory.Exists(lines[1]));
    }

    [Fact]
    public async Task A_host_that_falls_silent_is_given_up()
    {
        var session = await _local.ConnectAsync(options: new SessionOptions { RaisePrivilege = false, Silence = TimeSpan.FromSeconds(2) });
        var dispatcher = (await session.RunAsync(Ask("echo $PPID")))[0].Answer!.Text.Trim();

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => session.RunAsync(Sh($"kill -STOP {dispatcher}; exec sleep 300")));

        Processes.Signal("CONT", dispatcher);
        Assert.StartsWith("nothing was heard for ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_silent_step_is_not_given_up()
    {
        var session = await _local.ConnectAsync(options: new SessionOptions { RaisePrivilege = false, Silence = TimeSpan.FromSeconds(2) });

        var results = await session.RunAsync(Sh("sleep 5; echo done"));

        Assert.Equal("done\n", results[0].Answer!.Text);
    }

    [Fact]
    public async Task A_shell_that_is_killed_under_its_request_is_said()
    {
        var session = await _local.ConnectAsync(options: new SessionOptions { RaisePrivilege = false, Silence = TimeSpan.FromSeconds(4) });

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => session.RunAsync(Sh("kill -KILL $PPID")));

        Assert.Equal("the shell that ran the request was killed", error.Message);
    }

    [Fact]
    public async Task A_background_process_holds_neither_an_exchange_nor_the_end_up()
    {
        var session = await _local.ConnectAsync();
        var start = Stopwatch.GetTimestamp();

        await session.RunAsync(Sh("sleep 20 & echo started"));
        await session.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private string Report() => $"echo $$ >{ShellQuote.Word(_local.PathOf("pid.new"))}; mv {ShellQuote.Word(_local.PathOf("pid.new"))} {ShellQuote.Word(_local.PathOf("pid"))}; ";

    private static async Task<IReadOnlyList<int>> ChildrenAsync(int pid, int atLeast)
    {
        List<int> children = [];
        await Processes.UntilAsync(() => (children = Processes.ChildrenOf(pid)).Count >= atLeast, TimeSpan.FromSeconds(10));
        Assert.True(children.Count >= atLeast);
        return children;
    }
}
