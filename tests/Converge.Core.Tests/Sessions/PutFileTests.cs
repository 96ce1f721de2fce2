using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Converge.Sessions;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions;

public sealed class PutFileTests : IAsyncDisposable
{
    private readonly LocalHosts _local = new();

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    public static TheoryData<string> OddNames => ["plain", "two words", "it's", "$(touch never)", "-rf", "new\nline", "trailing\n", "\"quoted\"", "*", "[a]?", "ünïcode", ".hidden", "back\\slash", new string('n', 255)];

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task A_file_of_any_name_arrives(string name)
    {
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Put(_local.PathOf(name), "content"), Put(_local.PathOf(name), "content, again"));

        Assert.All(results, r => Assert.Equal((0, ""), (r.Answer!.ExitCode, r.Answer.Error)));
        Assert.Equal([_local.PathOf(name)], Directory.GetFiles(_local.Folder));
        Assert.Equal("content, again", await ReadAsync(name));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(4 * 1024 * 1024)]
    [InlineData(20 * 1024 * 1024 + 5)]
    public async Task Content_of_any_size_arrives_byte_for_byte(int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Put(_local.PathOf("file"), content));

        Assert.Equal("", results[0].Answer!.Error);
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(await File.ReadAllBytesAsync(_local.PathOf("file"), TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("nul\0inside\r\nno final newline")]
    [InlineData("blob 1 2\nrun x 3\n")]
    [InlineData("\n\n\n")]
    [InlineData("EOF\n'\"$(id)`id`\\\n")]
    public async Task Odd_content_arrives_byte_for_byte(string content)
    {
        var session = await _local.ConnectAsync();

        await session.RunAsync(Put(_local.PathOf("file"), content));

        Assert.Equal(content, await ReadAsync("file"));
    }

    [Fact]
    public async Task A_new_file_is_readable_by_all_unless_it_has_a_secret()
    {
        var session = await _local.ConnectAsync();
        var secret = Content.FromSecret(Secret.FromValue("password", "hidden"));

        await session.RunAsync(Put(_local.PathOf("plain"), "x"), new StepItem(new PutFile(_local.PathOf("secret"), secret), "hidden"u8.ToArray(), 0));

        Assert.Equal("644", Mode("plain"));
        Assert.Equal("600", Mode("secret"));
    }

    [Fact]
    public async Task A_replaced_file_keeps_its_mode_unless_told_otherwise()
    {
        await File.WriteAllTextAsync(_local.PathOf("file"), "old", TestContext.Current.CancellationToken);
        SshChmod("0711");
        var session = await _local.ConnectAsync();

        await session.RunAsync(Put(_local.PathOf("file"), "new"));
        var kept = Mode("file");
        await session.RunAsync(new StepItem(new PutFile(_local.PathOf("file"), "newer") { Mode = UnixFileMode.UserRead | UnixFileMode.SetUser }, "newer"u8.ToArray(), 0));

        Assert.Equal(("711", "4400"), (kept, Mode("file")));
    }

    [Fact]
    public async Task Owner_and_group_are_set()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root gives files away");
        var session = await _local.ConnectAsync();

        await session.RunAsync(new StepItem(new PutFile(_local.PathOf("file"), "x") { Owner = "daemon", Group = "bin" }, "x"u8.ToArray(), 0), Put(_local.PathOf("file"), "y"));

        Assert.Equal("daemon bin", Ssh.SshServer.Run("stat", "-c", "%U %G", _local.PathOf("file")).Trim());
    }

    [Fact]
    public async Task A_refused_file_leaves_the_old_one_byte_for_byte()
    {
        await File.WriteAllTextAsync(_local.PathOf("file"), "old\0content", TestContext.Current.CancellationToken);
        var put = new PutFile(_local.PathOf("file"), "new")
        {
            Validation = new Validation("sh", ["-c", "cat \"$1\"; echo line 3 is bad >&2; exit 7", "sh", Validation.NewFile]),
        };
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(new StepItem(put, "new"u8.ToArray(), 0), Run(0, "echo", "never"), Run(1, "echo", "other"));

        Assert.Equal((7, "newline 3 is bad\n"), (results[0].Answer!.ExitCode, results[0].Answer!.Error));
        Assert.Null(results[1].Answer);
        Assert.Equal("other\n", results[2].Answer!.Text);
        Assert.Equal("old\0content", await ReadAsync("file"));
        Assert.Equal([_local.PathOf("file")], Directory.GetFiles(_local.Folder));
    }

    [Theory]
    [InlineData("exit 3", 0)]
    [InlineData("exit 0", 1)]
    public async Task The_checker_has_its_own_success_codes(string script, int expected)
    {
        var put = new PutFile(_local.PathOf("file"), "x") { Validation = new Validation("sh", ["-c", script, "--file=" + Validation.NewFile]) { SuccessCodes = [3] } };
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(new StepItem(put, "x"u8.ToArray(), 0));

        Assert.Equal(expected, results[0].Answer!.ExitCode);
        Assert.Equal(expected == 0, File.Exists(_local.PathOf("file")));
    }

    [Fact]
    public async Task The_checker_sees_the_new_file_with_its_mode_beside_the_old_one()
    {
        var put = new PutFile(_local.PathOf("site.conf"), "x") { Mode = UnixFileMode.UserRead, Validation = new Validation("stat", ["-c", "%a %n", Validation.NewFile]) };
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(new StepItem(put, "x"u8.ToArray(), 0));

        Assert.StartsWith($"400 {_local.Folder}/.site.conf.converge.", results[0].Answer!.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("real")]
    [InlineData("folder")]
    [InlineData("link")]
    [InlineData("nowhere")]
    public async Task A_link_is_replaced_and_what_it_points_at_stays_as_it_is(string target)
    {
        await File.WriteAllTextAsync(_local.PathOf("real"), "old", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(_local.PathOf("folder"));
        File.CreateSymbolicLink(_local.PathOf("link"), target);
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Put(_local.PathOf("link"), "new"));

        Assert.Equal("", results[0].Answer!.Error);
        Assert.Equal(("new", null, "644"), (await ReadAsync("link"), new FileInfo(_local.PathOf("link")).LinkTarget, Mode("link")));
        Assert.Equal("old", await ReadAsync("real"));
        Assert.Equal([_local.PathOf("link"), _local.PathOf("real")], Directory.GetFiles(_local.Folder).Order());
        Assert.Empty(Directory.GetFiles(_local.PathOf("folder")));
    }

    [Fact]
    public async Task What_is_no_file_is_not_replaced()
    {
        Directory.CreateDirectory(_local.PathOf("folder"));
        Ssh.SshServer.Run("mkfifo", _local.PathOf("pipe"));
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(
            Put(_local.PathOf("folder"), "x", 0), Put(_local.PathOf("pipe"), "x", 1), Put(_local.PathOf("missing/file"), "x", 2));

        Assert.Equal(
            [
                $"{_local.PathOf("folder")} is a directory\n", $"{_local.PathOf("pipe")} is not a regular file\n",
                $"the directory {_local.PathOf("missing")} does not exist\n",
            ],
            results.Select(r => r.Answer!.Error));
        Assert.All(results, r => Assert.Equal(1, r.Answer!.ExitCode));
    }

    [Fact]
    public async Task What_a_killed_run_left_behind_is_removed()
    {
        await File.WriteAllTextAsync(_local.PathOf(".file.converge.0123456789abcdef"), "half", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_local.PathOf(".other.converge.0123456789abcdef"), "not ours", TestContext.Current.CancellationToken);
        var session = await _local.ConnectAsync();

        await session.RunAsync(Put(_local.PathOf("file"), "x"));

        Assert.Equal([".other.converge.0123456789abcdef", "file"], Directory.GetFiles(_local.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_full_disk_leaves_the_old_file_and_nothing_else()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root mounts a small disk");
        Directory.CreateDirectory(_local.PathOf("disk"));
        Ssh.SshServer.Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _local.PathOf("disk"));
        try
        {
            var session = await _local.ConnectAsync();

            var results = await session.RunAsync(Put(_local.PathOf("disk/file"), "old"), Put(_local.PathOf("disk/file"), new byte[1_000_000]), Ask("echo next"));

            Assert.Equal(1, results[1].Answer!.ExitCode);
            Assert.Contains("No space left on device", results[1].Answer!.Error, StringComparison.Ordinal);
            Assert.Equal("next\n", results[2].Answer!.Text);
            Assert.Equal("old", await ReadAsync("disk/file"));
            Assert.Equal([_local.PathOf("disk/file")], Directory.GetFiles(_local.PathOf("disk")));
        }
        finally
        {
            Ssh.SshServer.Run("umount", _local.PathOf("disk"));
        }
    }

    [Fact]
    public async Task A_read_only_file_system_is_said()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root mounts a file system");
        Directory.CreateDirectory(_local.PathOf("disk"));
        Ssh.SshServer.Run("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", _local.PathOf("disk"));
        try
        {
            var session = await _local.ConnectAsync();

            var results = await session.RunAsync(Put(_local.PathOf("disk/file"), "x"), Ask("echo next"));

            Assert.NotEqual(0, results[0].Answer!.ExitCode);
            Assert.Contains("Read-only file system", results[0].Answer!.Error, StringComparison.Ordinal);
            Assert.Equal("next\n", results[1].Answer!.Text);
        }
        finally
        {
            Ssh.SshServer.Run("umount", _local.PathOf("disk"));
        }
    }

    [Fact]
    public async Task Nothing_that_was_staged_stays_on_the_host()
    {
        var session = await _local.ConnectAsync();
        var input = new StepItem(new RunProgram("cat", []), "secret"u8.ToArray(), 0);

        var results = await session.RunAsync(input, Put(_local.PathOf("big"), new byte[5_000_000]), Ask("for f in /run/converge.*/blob* /var/tmp/converge.*/blob*; do [ -e \"$f\" ] && echo \"${f#/*/}\"; done | wc -l"));
        var after = await session.RunAsync(Ask("for f in /run/converge.$PPID.*/blob* /var/tmp/converge.$PPID.*/blob*; do if [ -e \"$f\" ]; then echo \"$f\"; fi; done"));

        Assert.NotEqual("0\n", results[2].Answer!.Text);
        Assert.Equal("", after[0].Answer!.Text);
    }

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(_local.PathOf(name), Encoding.UTF8, TestContext.Current.CancellationToken);

    private string Mode(string name) => Ssh.SshServer.Run("stat", "-c", "%a", "--", _local.PathOf(name)).Trim();

    private void SshChmod(string mode) => Ssh.SshServer.Run("chmod", mode, _local.PathOf("file"));
}
