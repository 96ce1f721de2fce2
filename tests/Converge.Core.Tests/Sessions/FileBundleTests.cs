using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Converge.Sessions;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions;

/// <summary>Files that are put together arrive as if each had been put by itself.</summary>
public sealed class FileBundleTests : IAsyncDisposable
{
    private readonly LocalHosts _local = new();

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    [Fact]
    public async Task Files_of_any_name_arrive_together_over_what_was_there()
    {
        string[] names = [.. PutFileTests.OddNames.Select(n => n.Data)];
        var session = await _local.ConnectAsync();

        var fresh = await session.RunAsync([.. names.Select((name, i) => Put(_local.PathOf(name), $"{i}\0", i))]);
        var again = await session.RunAsync([.. names.Select((name, i) => Put(_local.PathOf(name), $"again {i}", i))]);

        Assert.All(fresh.Concat(again), r => Assert.Equal((0, "", ""), (r.Answer!.ExitCode, r.Answer.Error, r.Answer.Text)));
        Assert.Equal(names.Select((_, i) => $"again {i}"), names.Select(Read));
        Assert.Equal(names.Length, Directory.GetFileSystemEntries(_local.Folder).Length);
    }

    [Fact]
    public async Task Two_hundred_cost_fewer_processes_than_files()
    {
        await using var counted = new CountedHosts();
        var session = await counted.ConnectAsync(LocalHosts.Host, TestContext.Current.CancellationToken);
        var many = await ProcessesOfAsync(session, 200);

        // About 38, and two more for each second that it takes: the watch over the deadline sleeps and looks.
        Assert.InRange(many, 1, 80);
    }

    [Fact]
    public async Task They_keep_owner_and_mode_where_all_have_the_same_ones_and_where_they_have_not()
    {
        foreach (var (name, mode) in new[] { ("a", "0640"), ("b", "0640"), ("c", "0711") })
        {
            await File.WriteAllTextAsync(_local.PathOf(name), "old", TestContext.Current.CancellationToken);
            Ssh.SshServer.Run("chmod", mode, _local.PathOf(name));
        }

        var session = await _local.ConnectAsync();

        await session.RunAsync(Put(_local.PathOf("a"), "1", 0), Put(_local.PathOf("b"), "2", 1));
        await session.RunAsync(Put(_local.PathOf("b"), "3", 0), Put(_local.PathOf("c"), "4", 1), Put(_local.PathOf("new"), "5", 2));

        Assert.Equal(["640 1", "640 3", "711 4", "644 5"], new[] { "a", "b", "c", "new" }.Select(n => $"{Mode(n)} {Read(n)}"));
    }

    [Fact]
    public async Task Secrets_are_readable_by_their_owner_alone()
    {
        var secret = Content.FromSecret(Secret.FromValue("password", "hidden"));
        var session = await _local.ConnectAsync();

        await session.RunAsync([.. Enumerable.Range(0, 3).Select(i => new StepItem(new PutFile(_local.PathOf($"{i}"), secret), "hidden"u8.ToArray(), i))]);

        Assert.Equal(["600 hidden", "600 hidden", "600 hidden"], Enumerable.Range(0, 3).Select(i => $"{Mode($"{i}")} {Read($"{i}")}"));
    }

    [Fact]
    public async Task One_that_cannot_be_put_fails_alone()
    {
        Directory.CreateDirectory(_local.PathOf("folder"));
        File.CreateSymbolicLink(_local.PathOf("link"), "folder");
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Put(_local.PathOf("a"), "1", 0), Put(_local.PathOf("folder"), "2", 1), Put(_local.PathOf("link"), "three", 2));

        Assert.Equal([(0, ""), (1, $"{_local.PathOf("folder")} is a directory\n"), (0, "")], results.Select(r => (r.Answer!.ExitCode, r.Answer.Error)));
        Assert.Equal(("1", "three", null), (Read("a"), Read("link"), new FileInfo(_local.PathOf("link")).LinkTarget));
    }

    [Fact]
    public async Task Where_there_is_no_folder_each_says_so()
    {
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Put(_local.PathOf("missing/a"), "1", 0), Put(_local.PathOf("missing/b"), "2", 1));

        Assert.All(results, r => Assert.Equal((1, $"the directory {_local.PathOf("missing")} does not exist\n"), (r.Answer!.ExitCode, r.Answer.Error)));
    }

    [Fact]
    public async Task What_killed_runs_left_behind_is_removed()
    {
        Directory.CreateDirectory(_local.PathOf(".converge.0123456789abcdef/inside"));
        await File.WriteAllTextAsync(_local.PathOf(".a.converge.0123456789abcdef"), "half", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_local.PathOf(".other.converge.0123456789abcdef"), "not ours", TestContext.Current.CancellationToken);
        var session = await _local.ConnectAsync();

        await session.RunAsync(Put(_local.PathOf("a"), "1", 0), Put(_local.PathOf("b"), "2", 1));

        Assert.Equal([".other.converge.0123456789abcdef", "a", "b"], Directory.GetFileSystemEntries(_local.Folder).Select(Path.GetFileName).Order());
    }

    private async Task<int> ProcessesOfAsync(IHostSession session, int files)
    {
        var before = await CountedHosts.StartedAsync(session);
        await session.RunAsync([.. Enumerable.Range(0, files).Select(i => Put(_local.PathOf($"{files} {i}"), "content", i))]);
        return await CountedHosts.StartedAsync(session) - before;
    }

    private string Read(string name) => File.ReadAllText(_local.PathOf(name), Encoding.UTF8);

    private string Mode(string name) => Ssh.SshServer.Run("stat", "-c", "%a", "--", _local.PathOf(name)).Trim();
}
