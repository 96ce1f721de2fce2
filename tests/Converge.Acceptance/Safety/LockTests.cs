using System;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.BadInput;

namespace Converge.Acceptance.Safety;

/// <summary>One run at a time on a host, and what becomes of it when it is interrupted.</summary>
[Collection(nameof(SafetyLab))]
public sealed class LockTests(SafetyLab lab)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openssh")]
    [InlineData("builtin")]
    public async Task A_second_run_is_told_who_is_at_work_and_a_killed_run_leaves_neither_lock_nor_work(string transport)
    {
        using var slow = Script("sleep 987", transport);
        using var quick = new BadScript($"Host(\"one\", \"{SafetyLab.One}\").Add(new File(\"/etc/quick\") {{ Content = \"{transport}\" }});");
        using var first = RunningApply.Start(slow.PathOf("bad.csx"), lab.Status.SshConfig!, "--transport", transport);
        Assert.True(await first.SeesAsync(e => e.GetProperty("type").GetString() == "step-started", Ct));

        var refused = await lab.ApplyAsync(quick, 1, "--lock-wait", "0", "--transport", transport);
        var planned = await quick.RunAsync("plan", ["--ssh-config", lab.Status.SshConfig!], Ct);
        await first.SignalAsync("KILL", Ct);
        var free = await lab.ApplyAsync(quick, 0, "--json", "--lock-wait", "30", "--transport", transport);

        Assert.Contains("one: locked\n  another run is at work on it: ", refused.Text, StringComparison.Ordinal);
        Assert.Contains($" (pid {first.ProcessId}) since ", refused.Text, StringComparison.Ordinal);
        Assert.Contains(" from 10.78.23.1\n", refused.Text, StringComparison.Ordinal);
        Assert.Contains("one: skipped file /etc/quick, because one is locked", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, planned.ExitCode);
        Assert.Equal(1, free.Number("changed"));
        Assert.Equal("", await lab.OnAsync("one", "pgrep -x sleep -a | grep 987 || true"));
        await lab.NothingIsLeftAsync("one");
    }

    [Fact]
    public async Task The_first_interrupt_lets_the_step_end_and_reports_it_as_done()
    {
        using var script = new BadScript($$"""
            var one = Host("one", "{{SafetyLab.One}}");
            one.Add(new Command("slow") { Program = "sh", Arguments = ["-c", "sleep 2; echo done >/srv/slow"], Creates = "/srv/slow" });
            one.Add(new File("/srv/after") { Content = "x" });
            """);
        using var run = RunningApply.Start(script.PathOf("bad.csx"), lab.Status.SshConfig!);
        Assert.True(await run.SeesAsync(e => e.GetProperty("type").GetString() == "step-started", Ct));

        await run.SignalAsync("INT", Ct);
        var ended = await run.EndAsync(Ct);

        Assert.Equal((1, 1, 0, 1), (ended.ExitCode, ended.Number("changed"), ended.Number("failed"), ended.Number("skipped")));
        Assert.Equal("done\nslow\n", await lab.OnAsync("one", "cat /srv/slow; cd /srv; ls slow after 2>/dev/null || true"));
        await lab.NothingIsLeftAsync("one");
    }

    [Fact]
    public async Task The_second_interrupt_stops_what_runs()
    {
        using var script = Script("sleep 986", "twice");
        using var run = RunningApply.Start(script.PathOf("bad.csx"), lab.Status.SshConfig!);
        Assert.True(await run.SeesAsync(e => e.GetProperty("type").GetString() == "step-started", Ct));

        await run.SignalAsync("INT", Ct);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        await run.SignalAsync("INT", Ct);
        var ended = await run.EndAsync(Ct);

        Assert.Equal((1, 0), (ended.ExitCode, ended.Number("changed")));
        Assert.Equal("", await lab.OnAsync("one", "pgrep -x sleep -a | grep 986 || true"));
        await lab.NothingIsLeftAsync("one");
    }

    private static BadScript Script(string command, string name) => new($$"""
        Host("one", "{{SafetyLab.One}}").Add(new Command("{{name}}") { Program = "sh", Arguments = ["-c", "{{command}}; true"], Creates = "/srv/never" });
        """);
}
