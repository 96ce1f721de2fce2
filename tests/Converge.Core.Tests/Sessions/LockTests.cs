using System;
using System.IO;
using System.Threading.Tasks;
using Converge.Sessions;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions;

public sealed class LockTests : IAsyncDisposable
{
    private readonly LocalHosts _local = new();

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    public async Task A_second_session_is_told_who_has_the_lock(string shell)
    {
        var first = await _local.ConnectAsync(shell);
        var second = await _local.ConnectAsync(shell);

        var taken = await first.RunAsync(Lock("anna@laptop"), Ask("echo asked"));
        var again = await first.RunAsync(Lock("anna@laptop"));
        var held = await second.RunAsync(Lock("bert@desk"), Ask("echo asked, too"));

        Assert.Equal((0, "asked\n"), (taken[0].Answer!.ExitCode, taken[1].Answer!.Text));
        Assert.Equal(0, again[0].Answer!.ExitCode);
        Assert.Equal((LockItem.Held, "anna@laptop\n", "asked, too\n"), (held[0].Answer!.ExitCode, held[0].Answer!.Text, held[1].Answer!.Text));
    }

    [Fact]
    public async Task A_session_that_ends_frees_the_lock()
    {
        var first = await _local.ConnectAsync();
        await first.RunAsync(Lock("anna@laptop"));

        await first.DisposeAsync();

        var second = await _local.ConnectAsync();
        Assert.Equal(0, (await second.RunAsync(Lock("bert@desk")))[0].Answer!.ExitCode);
    }

    [Fact]
    public async Task A_daemon_that_a_step_leaves_behind_does_not_keep_the_lock()
    {
        var first = await _local.ConnectAsync();
        await first.RunAsync(Lock("anna@laptop"), Sh($"setsid sleep 30 >/dev/null 2>&1 & echo $! >{ShellQuote.Word(_local.PathOf("pid"))}"));
        await first.DisposeAsync();
        var daemon = await Processes.ReadPidAsync(_local.PathOf("pid"));

        var second = await _local.ConnectAsync();
        var result = (await second.RunAsync(Lock("bert@desk")))[0];

        Assert.True(Processes.IsRunning(daemon));
        Processes.Signal("KILL", $"{daemon}");
        Assert.Equal(0, result.Answer!.ExitCode);
    }

    [Fact]
    public async Task A_shell_that_is_killed_frees_the_lock_and_takes_its_work_along()
    {
        var first = await _local.ConnectAsync();
        var shell = (await first.RunAsync(Lock("anna@laptop"), Ask("echo $PPID")))[1].Answer!.Text.Trim();
        var exchange = first.RunAsync(Sh($"echo $$ >{ShellQuote.Word(_local.PathOf("pid.new"))}; mv {ShellQuote.Word(_local.PathOf("pid.new"))} {ShellQuote.Word(_local.PathOf("pid"))}; sleep 300 & wait"));
        var work = await Processes.ReadPidAsync(_local.PathOf("pid"));

        Processes.Signal("KILL", shell);

        await Assert.ThrowsAsync<HostUnreachableException>(() => exchange);
        await Processes.AssertEndsAsync(work, TimeSpan.FromSeconds(10));
        var second = await _local.ConnectAsync();
        await Processes.UntilAsync(() => second.RunAsync(Lock("bert@desk")).Result[0].Answer!.ExitCode == 0, TimeSpan.FromSeconds(10));
        Assert.Equal(0, (await second.RunAsync(Lock("bert@desk")))[0].Answer!.ExitCode);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_made_says_why()
    {
        var session = await _local.ConnectAsync();

        var result = (await session.RunAsync(new LockItem("anna@laptop") { Path = _local.PathOf("missing/lock") }))[0];

        Assert.Equal(2, result.Answer!.ExitCode);
        Assert.Contains("missing/lock", result.Answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_flock_a_link_is_the_lock_and_is_stale_when_its_process_is_gone()
    {
        var shell = WithoutFlock();
        var first = await _local.ConnectAsync(shell);
        var second = await _local.ConnectAsync(shell);
        var process = (await first.RunAsync(Lock("anna@laptop"), Ask("echo $PPID")))[1].Answer!.Text.Trim();

        var held = (await second.RunAsync(Lock("bert@desk")))[0].Answer!;
        Processes.Signal("KILL", process);
        var stale = (await second.RunAsync(Lock("bert@desk")))[0].Answer!;
        await second.DisposeAsync();
        var third = await _local.ConnectAsync(shell);
        var free = (await third.RunAsync(Lock("carl@desk")))[0].Answer!;

        Assert.Equal((LockItem.Held, "anna@laptop\n"), (held.ExitCode, held.Text));
        Assert.Equal((0, 0), (stale.ExitCode, free.ExitCode));
    }

    private LockItem Lock(string holder) => new(holder) { Path = _local.PathOf("the lock") };

    // A shell that says, when asked for flock, that there is none.
    private string WithoutFlock()
    {
        var path = _local.PathOf("sh");
        File.WriteAllText(path, """
            #!/bin/sh
            exec sh -c "command() { case \$2 in flock) return 1 ;; setsid) return 0 ;; esac; }; $2"
            """);
        Ssh.SshServer.Run("chmod", "0700", path);
        return path;
    }
}
