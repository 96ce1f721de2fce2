using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Converge.Sessions;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions.Ssh;

/// <summary>What only the ssh program does; what both transports do is in <see cref="SshConnectorTests"/>.</summary>
public sealed class OpenSshConnectorTests
{
    [Fact]
    public async Task The_next_session_takes_the_connection_that_was_kept()
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        var key = server.AuthorizedKey("me");

        var first = await PortAsync(server, key);
        var second = await PortAsync(server, key);
        var builtIn = await PortAsync(server, key, openSsh: false);

        Assert.Equal(first, second);
        Assert.NotEqual(first, builtIn);
    }

    [Fact]
    public async Task A_connection_is_not_kept_across_a_change_of_known_hosts()
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        var key = server.AuthorizedKey("me");
        await PortAsync(server, key);
        server.Key("other");
        File.Delete(server.KnownHosts);
        server.Trust("other");

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(key, openSsh: true));

        Assert.Contains("is not the one on record", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_connection_to_a_host_that_was_installed_anew_is_not_used()
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        var key = server.AuthorizedKey("me");
        await PortAsync(server, key);
        await server.ReinstallAsync();

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(key, openSsh: true));

        Assert.Contains("is not the one on record", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jump_host_is_passed_through()
    {
        await using var server = await SshServer.StartAsync();
        await using var bastion = await SshServer.StartAsync();
        server.Trust();
        var key = server.AuthorizedKey("me");
        File.Copy(Path.Combine(server.Folder, "authorized_keys"), Path.Combine(bastion.Folder, "authorized_keys"));
        bastion.Trust();
        server.MoreConfig = $"""
                ProxyJump bastion
            Host bastion
                HostName 127.0.0.1
                Port {bastion.Port}
                User {Environment.UserName}
                IdentityFile {key}
                UserKnownHostsFile {bastion.KnownHosts}
            """;

        await using var session = await server.ConnectAsync(key, openSsh: true);

        Assert.Equal("in\n", (await session.RunAsync(Ask("echo in")))[0].Answer!.Text);
    }

    [Fact]
    public async Task A_session_can_end_while_the_host_still_talks()
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        var key = server.AuthorizedKey("me");

        for (var i = 0; i < 30; i++)
        {
            var session = await server.ConnectAsync(key, openSsh: true);
            await session.RunAsync(Sh("{ timeout 1 yes >&3 & } 3>/proc/$PPID/fd/1"));
            await session.DisposeAsync();
        }
    }

    [Fact]
    public async Task Nothing_is_kept_when_that_is_wanted()
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        var key = server.AuthorizedKey("me");

        await using (await server.ConnectAsync(key, o => o with { KeepConnection = TimeSpan.Zero }, openSsh: true))
        {
        }

        await Processes.UntilAsync(() => Masters(server).Length == 0, TimeSpan.FromSeconds(10));
        Assert.Empty(Masters(server));
    }

    [Fact]
    public async Task A_folder_that_others_can_enter_is_not_used()
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        var open = Directory.CreateDirectory(Path.Combine(server.Folder, "kept"));
        SshServer.Run("chmod", "0701", open.FullName);

        var error = await Assert.ThrowsAsync<ConvergeException>(() => server.ConnectAsync(server.AuthorizedKey("me"), openSsh: true));

        Assert.Equal($"there is no safe place for the sockets of SSH connections: {open.FullName} belongs to somebody else or is open to others", error.Message);
    }

    [Fact]
    public async Task The_ssh_program_sees_no_variable_that_it_has_no_use_for()
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        Environment.SetEnvironmentVariable("CONVERGE_TEST_SECRET", "for nobody's eyes");

        await using var session = await server.ConnectAsync(server.AuthorizedKey("me"), openSsh: true);

        Assert.NotEmpty(Masters(server));
        Assert.All(Masters(server), id => Assert.DoesNotContain("for nobody's eyes", File.ReadAllText($"/proc/{id}/environ"), StringComparison.Ordinal));
    }

    private static int[] Masters(SshServer server) =>
        [.. Process.GetProcessesByName("ssh").Where(p => CommandLine(p.Id).Contains(server.Folder, StringComparison.Ordinal)).Select(p => p.Id)];

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    // Of our end of the connection: tells connections apart.
    private static async Task<string> PortAsync(SshServer server, string key, bool openSsh = true)
    {
        await using var session = await server.ConnectAsync(key, openSsh: openSsh);
        return (await session.RunAsync(Ask("echo \"$SSH_CONNECTION\"")))[0].Answer!.Text.Split(' ')[1];
    }
}
