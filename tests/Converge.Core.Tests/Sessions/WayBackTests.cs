using System;
using System.IO;
using System.Threading.Tasks;
using Converge.Sessions;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions;

/// <summary>The way back on a real shell: as root, since what it keeps is root's.</summary>
public sealed class WayBackTests : IAsyncDisposable
{
    private readonly LocalHosts _local = new();
    private IHostSession _session = null!;

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    [Fact]
    public async Task What_nobody_confirms_is_put_back_when_the_time_is_over()
    {
        var way = await ChangeAsync(TimeSpan.FromSeconds(1));

        await _session.RunAsync(Item(way.Await));
        var late = (await _session.RunAsync(Item(way.Confirm)))[0];

        Assert.Equal("old", Read());
        Assert.Equal(1, late.Answer!.ExitCode);
    }

    [Fact]
    public async Task What_is_confirmed_stays()
    {
        var way = await ChangeAsync(TimeSpan.FromSeconds(2));

        var confirmed = (await _session.RunAsync(Item(way.Confirm)))[0];
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);

        Assert.Equal(0, confirmed.Answer!.ExitCode);
        Assert.Equal("new", Read());
    }

    [Fact]
    public async Task What_failed_is_put_back_at_once()
    {
        var way = await ChangeAsync(TimeSpan.FromMinutes(1));

        await _session.RunAsync(Item(way.Now));

        Assert.Equal("old", Read());
    }

    [Fact]
    public async Task Whoever_arms_again_before_anything_was_confirmed_keeps_what_was_first()
    {
        var way = await ChangeAsync(TimeSpan.FromMinutes(1));
        await _session.RunAsync(Item(way.Arm), Run("sh", "-c", "printf newer >\"$1\"", "sh", _local.PathOf("file")));

        await _session.RunAsync(Item(way.Now));

        Assert.Equal("old", Read());
    }

    [Fact]
    public async Task The_next_run_that_takes_the_lock_puts_back_what_a_killed_one_left_open_before_it_asks_anything()
    {
        await ChangeAsync(TimeSpan.FromMinutes(1));
        await _session.DisposeAsync();
        var next = await _local.ConnectAsync();

        var results = await next.RunAsync(new LockItem("anna@laptop") { Path = _local.PathOf("lock") }, Ask("cat -- \"$1\"", _local.PathOf("file")));

        Assert.Equal((0, "old"), (results[0].Answer!.ExitCode, results[1].Answer!.Text));
    }

    // Writes "old", arms the way back to it, and writes "new".
    private async Task<WayBack> ChangeAsync(TimeSpan patience)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: what is kept is in /run");
        var file = ShellQuote.Word(_local.PathOf("file"));
        var way = new WayBack($"file of {_local.Folder}", $"cp {file} old", $"cp old {file}") { Patience = patience };
        await File.WriteAllTextAsync(_local.PathOf("file"), "old", TestContext.Current.CancellationToken);
        _session = await _local.ConnectAsync();
        var results = await _session.RunAsync(Item(way.Arm), Run("sh", "-c", "printf new >\"$1\"", "sh", _local.PathOf("file")));
        Assert.Equal((0, 0), (results[0].Answer!.ExitCode, results[1].Answer!.ExitCode));
        return way;
    }

    private static StepItem Item(Step step) => new(step, default, 0);

    private string Read() => File.ReadAllText(_local.PathOf("file"));
}
