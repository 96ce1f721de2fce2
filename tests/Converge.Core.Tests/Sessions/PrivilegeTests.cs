using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Converge.Sessions;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions;

/// <summary>Sessions of a user who is not root. A stand-in for sudo shows what we do with its words; the real one needs a host of its own.</summary>
public sealed class PrivilegeTests : IAsyncDisposable
{
    private readonly LocalHosts _local = new();

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    [Fact]
    public async Task Root_needs_no_sudo()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root is root");
        var session = await _local.ConnectAsync(NobodyWith("exit 9", become: "exec sh \"$@\""), new SessionOptions());

        Assert.Equal("0\n", (await session.RunAsync(Ask("id -u")))[0].Answer!.Text);
    }

    [Fact]
    public async Task A_user_becomes_root_once()
    {
        // shift past the options of sudo up to and with "--".
        var session = await _local.ConnectAsync(NobodyWith("echo \"$@\" >&2; while [ \"$1\" != -- ]; do shift; done; shift; export BECAME=root; exec \"$@\""), new SessionOptions());

        var results = await session.RunAsync(Ask("echo $BECAME"), Ask("echo again"));

        Assert.Equal(["root\n", "again\n"], results.Select(r => r.Answer!.Text));
    }

    [Fact]
    public async Task A_sudo_that_wants_a_password_is_an_error_with_the_line_to_add()
    {
        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => _local.ConnectAsync(NobodyWith("echo 'sudo: a password is required' >&2; exit 1"), new SessionOptions()));

        Assert.Equal("sudo refuses: sudo: a password is required", error.Message);
        Assert.Contains($"\n    {Environment.UserName} ALL=(root) NOPASSWD: ALL", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sudo_that_refuses_is_quoted()
    {
        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => _local.ConnectAsync(NobodyWith("echo 'nobody is not in the sudoers file. sudo will not help.' >&2; exit 1"), new SessionOptions()));

        Assert.Equal("sudo refuses: nobody is not in the sudoers file. sudo will not help.", error.Message);
    }

    private const string PasswordSudo = """
        while [ "$1" != -- ]; do [ "$1" = -p ] && prompt=$2; shift; done; shift
        for try in 1 2 3; do
          printf %s "$prompt" >&2; IFS= read -r password
          if [ "$password" = 'open sesame' ]; then exec "$@"; fi
          echo 'Sorry, try again.' >&2
        done
        exit 1
        """;

    [Fact]
    public async Task Sudo_is_told_its_password()
    {
        var session = await _local.ConnectAsync(NobodyWith(PasswordSudo), new SessionOptions { SudoPassword = Secret.FromValue("sudo", "open sesame") });

        var results = await session.RunAsync(Ask("echo in"), Ask("cat /proc/*/cmdline /proc/self/environ 2>/dev/null | tr '\\0' ' ' | grep -c 'open sesam[e]'"));

        Assert.Equal(["in\n", "0\n"], results.Select(r => r.Answer!.Text));
    }

    [Fact]
    public async Task A_password_that_sudo_does_not_want_goes_nowhere()
    {
        var session = await _local.ConnectAsync(
            NobodyWith("while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\""), new SessionOptions { SudoPassword = Secret.FromValue("sudo", "open sesame") });

        Assert.Equal("in\n", (await session.RunAsync(Ask("echo in")))[0].Answer!.Text);
    }

    [Fact]
    public async Task A_wrong_sudo_password_is_said()
    {
        var error = await Assert.ThrowsAsync<HostUnreachableException>(
            () => _local.ConnectAsync(NobodyWith(PasswordSudo), new SessionOptions { SudoPassword = Secret.FromValue("sudo", "wrong") }));

        Assert.Equal("sudo does not accept the password", error.Message);
    }

    [Fact]
    public async Task Noise_of_a_login_shell_is_passed_over()
    {
        var session = await _local.ConnectAsync(Script("noisy", "printf 'Welcome!\\036\\nlast login: never'; echo oops >&2; exec sh \"$@\""));

        Assert.Equal("in\n", (await session.RunAsync(Ask("echo in")))[0].Answer!.Text);
    }

    [Fact]
    public async Task A_login_shell_that_is_none_is_quoted()
    {
        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => _local.ConnectAsync(Script("nologin", "echo This account is currently not available.; exit 1")));

        Assert.StartsWith("no shell answered: This account is currently not available.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_shell_that_hangs_is_given_up()
    {
        var options = new SessionOptions { RaisePrivilege = false, ConnectTimeout = TimeSpan.FromSeconds(1) };

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => _local.ConnectAsync(Script("hanging", "echo loading; read -r never; read -r never2 </dev/null; exec sleep 3"), options));

        Assert.Equal("no shell answered: loading (waited 1 seconds)", error.Message);
    }

    [Fact]
    public async Task A_machine_without_a_shell_is_said()
    {
        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => _local.ConnectAsync("/nowhere/sh"));

        Assert.Contains("/nowhere/sh", error.Message, StringComparison.Ordinal);
    }

    // A shell in which id says that we are nobody and sudo is a stand-in.
    private string NobodyWith(string sudo, string become = "PATH=\"$stubs:$PATH\" exec sh \"$@\"")
    {
        Script("sudo", sudo);
        Script("id", "echo 65534");
        return Script("shell", $"stubs={ShellQuote.Word(_local.Folder)}\n{become}");
    }

    private string Script(string name, string text)
    {
        File.WriteAllText(_local.PathOf(name), $"#!/bin/sh\n{text}\n");
        Ssh.SshServer.Run("chmod", "0755", _local.PathOf(name));
        return _local.PathOf(name);
    }
}
