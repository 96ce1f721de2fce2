using System;
using System.IO;
using System.Threading.Tasks;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions;

/// <summary>What a session takes for its own, and what it must leave alone.</summary>
public sealed class LeftoverTests : IAsyncDisposable
{
    private readonly LocalHosts _local = new();

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    [Fact]
    public async Task The_next_session_removes_the_folder_of_one_that_was_killed()
    {
        var killed = await _local.ConnectAsync();
        var said = (await killed.RunAsync(Ask("echo $PPID; echo $dir")))[0].Answer!.Text.Split('\n');
        Processes.Signal("KILL", said[0]);
        await Processes.AssertEndsAsync(int.Parse(said[0], System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromSeconds(2));
        Assert.True(Directory.Exists(said[1]));

        await _local.ConnectAsync();

        Assert.False(Directory.Exists(said[1]));
    }

    [Fact]
    public async Task A_session_that_cannot_see_a_process_leaves_its_folder_alone()
    {
        var session = await _local.ConnectAsync();
        var folder = (await session.RunAsync(Ask("echo $dir")))[0].Answer!.Text.Trim();

        await using var others = new CountedHosts();
        await others.ConnectAsync(LocalHosts.Host, TestContext.Current.CancellationToken);

        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_session_that_ends_leaves_a_process_alone_that_has_the_number_of_an_old_request()
    {
        // bash forgets a child as soon as it has ended; its number is then for the next who comes along.
        await using var hosts = new CountedHosts("bash");
        var session = await hosts.ConnectAsync(LocalHosts.Host, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_local.PathOf("wait"), """
            while [ ! -e pid ]; do
                sleep 0.05
                echo $(($1 - 1)) >/proc/sys/kernel/ns_last_pid
                sh ./heir "$1" &
                wait
            done
            """, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_local.PathOf("heir"), """
            [ "$$" = "$1" ] || exit
            trap 'touch asked; exit' TERM
            touch pid
            while :; do sleep 0.1; done
            """, TestContext.Current.CancellationToken);

        await session.RunAsync(Sh($"cd {ShellQuote.Word(_local.Folder)}; setsid sh ./wait $PPID >/dev/null 2>&1 &"));
        await Processes.UntilAsync(() => File.Exists(_local.PathOf("pid")), TimeSpan.FromSeconds(20));
        Assert.True(File.Exists(_local.PathOf("pid")));

        await session.DisposeAsync();

        Assert.False(File.Exists(_local.PathOf("asked")));
    }
}
