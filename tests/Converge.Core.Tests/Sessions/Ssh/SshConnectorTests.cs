using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions.Ssh;

public sealed class SshConnectorTests
{
    [Theory]
    [InlineData("ed25519", "ed25519")]
    [InlineData("rsa", "rsa")]
    [InlineData("ecdsa", "ecdsa")]
    public async Task Keys_of_all_types_let_us_in(string keyType, string hostKeyType)
    {
        await using var server = await SshServer.StartAsync(hostKeyType);
        server.Trust();

        await using var session = await server.ConnectAsync(server.AuthorizedKey("me", keyType));
        var results = await session.RunAsync(Ask("echo \"${SSH_CONNECTION%% *}\""), Run("id", "-un"));

        Assert.Equal(["127.0.0.1\n", $"{Environment.UserName}\n"], results.Select(r => r.Answer!.Text));
    }

    [Theory]
    [InlineData("ed25519", "RFC4716")]
    [InlineData("rsa", "PEM")]
    [InlineData("rsa", "PKCS8")]
    [InlineData("ecdsa", "RFC4716")]
    public async Task An_encrypted_key_is_opened_with_its_passphrase(string type, string format)
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        var key = server.AuthorizedKey("me", type, "open sesame", "-m", format);
        var asked = 0;

        await using var session = await server.ConnectAsync(key, o => o with
        {
            AskPassphrase = (path, _) =>
            {
                Assert.Equal(key, path);
                return Task.FromResult<Secret?>(Secret.FromValue("passphrase", asked++ == 0 ? "wrong" : "open sesame"));
            },
        });

        Assert.Equal(2, asked);
        Assert.Equal("in\n", (await session.RunAsync(Ask("echo in")))[0].Answer!.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_encrypted_key_that_nobody_opens_is_named(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        var key = server.AuthorizedKey("me", "ed25519", "open sesame");

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(key, openSsh: openSsh));

        Assert.Equal($"{Environment.UserName}@127.0.0.1 port {server.Port} does not let us in\n    {key} is encrypted and nobody can be asked for its passphrase", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_that_is_not_authorized_is_named(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        var key = server.Key("stranger");

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(key, openSsh: openSsh));

        Assert.Equal($"{Environment.UserName}@127.0.0.1 port {server.Port} does not let us in\n    {key} was not accepted", error.Message);
        Assert.Contains("authorized_keys", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_that_others_can_open_is_not_used(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        var key = server.AuthorizedKey("me");
        SshServer.Run("chmod", "0644", key);

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(key, openSsh: openSsh));

        Assert.Contains($"{key} can be opened by others (chmod 600 {key})", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unknown_host_is_refused(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(server.AuthorizedKey("me"), openSsh: openSsh));

        Assert.Equal($"the key of {server.KnownName} is unknown: ssh-ed25519 {server.Fingerprint("host")}", error.Message);
        Assert.Contains("--accept-new-host-keys", error.Remedy, StringComparison.Ordinal);
        Assert.False(File.Exists(server.KnownHosts));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unknown_host_is_recorded_when_new_keys_are_accepted(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        var key = server.AuthorizedKey("me");

        // ssh itself would append to the comment.
        await File.WriteAllTextAsync(server.KnownHosts, openSsh ? "# a comment\n" : "# no newline at the end", TestContext.Current.CancellationToken);

        await using (await server.ConnectAsync(key, o => o with { AcceptNewHostKeys = true }, openSsh: openSsh))
        {
        }

        await using var session = await server.ConnectAsync(key, openSsh: openSsh);
        Assert.Equal(2, (await File.ReadAllLinesAsync(server.KnownHosts, TestContext.Current.CancellationToken)).Length);
        SshServer.Run("ssh-keygen", "-F", server.KnownName, "-f", server.KnownHosts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_changed_host_key_is_refused_with_both_fingerprints(bool acceptNew)
    {
        await using var server = await SshServer.StartAsync();
        var key = server.AuthorizedKey("me");
        server.Trust();
        var old = server.Fingerprint("host");
        await server.ReinstallAsync();

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(key, o => o with { AcceptNewHostKeys = acceptNew }));

        Assert.Equal($"""
            the key of {server.KnownName} is not the one on record
                now:       ssh-ed25519 {server.Fingerprint("host")}
                on record: ssh-ed25519 {old} at {server.KnownHosts}:1
            """, error.Message);
        Assert.Contains($"\n    ssh-keygen -R '{server.KnownName}' -f {server.KnownHosts}\n", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_whose_recorded_key_is_of_another_type_is_refused()
    {
        await using var server = await SshServer.StartAsync();
        server.Key("other", "ecdsa");
        server.Trust("other");

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(server.AuthorizedKey("me"), o => o with { AcceptNewHostKeys = true }));

        Assert.Equal($"{server.KnownName} has no host key of a type on record (ecdsa-sha2-nistp256)", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_revoked_host_key_is_refused(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        server.Trust(marker: "@revoked ");

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(server.AuthorizedKey("me"), openSsh: openSsh));

        Assert.Equal($"the key of {server.KnownName} is revoked: ssh-ed25519 {server.Fingerprint("host")}", error.Message);
    }

    [Fact]
    public async Task A_host_that_only_an_authority_vouches_for_is_refused()
    {
        await using var server = await SshServer.StartAsync();
        server.Trust(marker: "@cert-authority ");

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(server.AuthorizedKey("me"), o => o with { AcceptNewHostKeys = true }));

        Assert.Contains("host certificates are not supported", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hashed_known_hosts_is_read(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        SshServer.Run("ssh-keygen", "-q", "-H", "-f", server.KnownHosts);
        Assert.StartsWith("|1|", await File.ReadAllTextAsync(server.KnownHosts, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await using var session = await server.ConnectAsync(server.AuthorizedKey("me"), openSsh: openSsh);

        Assert.Equal("in\n", (await session.RunAsync(Ask("echo in")))[0].Answer!.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Twenty_megabytes_travel_both_ways(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        var input = RandomNumberGenerator.GetBytes(20 * 1024 * 1024 + 3);
        await using var session = await server.ConnectAsync(server.AuthorizedKey("me"), openSsh: openSsh);
        var copy = Path.Combine(server.Folder, "copy");

        var results = await session.RunAsync(Put(copy, input), Ask("head -c 15000000 \"$1\"", copy));

        Assert.Equal("", results[0].Answer!.Error);
        Assert.Equal(SHA256.HashData(input), SHA256.HashData(await File.ReadAllBytesAsync(copy, TestContext.Current.CancellationToken)));
        Assert.True(input.AsSpan(0, 15_000_000).SequenceEqual(results[1].Answer!.Output.Span));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_connection_is_said_and_stops_the_remote_work(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        await using var session = await server.ConnectAsync(server.AuthorizedKey("me"), openSsh: openSsh);
        var pidFile = Path.Combine(server.Folder, "pid");
        var daemon = await DaemonOfAsync(session);

        var exchange = session.RunAsync(Sh($"echo $$ >{pidFile}.new; mv {pidFile}.new {pidFile}; exec sleep 300"));
        var pid = await Processes.ReadPidAsync(pidFile);
        Processes.Signal("KILL", daemon);

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => exchange);
        Assert.StartsWith("the connection was lost", error.Message, StringComparison.Ordinal);
        await Processes.AssertEndsAsync(pid, TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_frozen_host_is_given_up_and_holds_nothing_up(bool uploading)
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        await using var session = await server.ConnectAsync(
            server.AuthorizedKey("me"), o => o with { Session = new SessionOptions { RaisePrivilege = false, Silence = TimeSpan.FromSeconds(2) } });
        var daemon = await DaemonOfAsync(session);

        Processes.Signal("STOP", daemon);
        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => session.RunAsync(uploading ? Put("/dev/null/never", new byte[50_000_000]) : Ask("echo")));
        await session.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Processes.Signal("CONT", daemon);

        Assert.StartsWith("nothing was heard for ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_stops_the_remote_work(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        server.Trust();
        await using var session = await server.ConnectAsync(server.AuthorizedKey("me"), openSsh: openSsh);
        var pidFile = Path.Combine(server.Folder, "pid");
        using var cancel = new CancellationTokenSource();

        var exchange = session.ExchangeAsync([Sh($"echo $$ >{pidFile}.new; mv {pidFile}.new {pidFile}; exec sleep 300")], null, cancel.Token);
        var pid = await Processes.ReadPidAsync(pidFile);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange);
        await Processes.AssertEndsAsync(pid, TimeSpan.Zero);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Closed_ports_and_unknown_names_are_told_apart(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        var key = server.AuthorizedKey("me");
        await server.StopAsync();

        var refused = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(key, openSsh: openSsh));
        var unknown = await Assert.ThrowsAsync<HostUnreachableException>(() => new SshConnector(new SshOptions { Home = server.Folder }).ConnectAsync(
            new Fleet().Host("nowhere.invalid"), TestContext.Current.CancellationToken));

        Assert.Equal($"127.0.0.1 refuses connections to port {server.Port}", refused.Message);
        Assert.StartsWith("nowhere.invalid@", $"{unknown.Host}@", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_without_a_shell_is_told_what_the_host_said(bool openSsh)
    {
        await using var server = await SshServer.StartAsync("ed25519", "ForceCommand echo This account is not available >&2; exit 3");
        server.Trust();

        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => server.ConnectAsync(server.AuthorizedKey("me"), openSsh: openSsh));

        Assert.Equal("no shell answered (exit status 3: This account is not available)", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_host_that_never_answers_is_given_up(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        var key = server.AuthorizedKey("me");
        await server.StopAsync();
        using var mute = new TcpListener(IPAddress.Loopback, server.Port);
        mute.Start();

        var error = await Assert.ThrowsAsync<HostUnreachableException>(
            () => server.ConnectAsync(key, o => o with { Session = new SessionOptions { ConnectTimeout = TimeSpan.FromSeconds(1) } }, openSsh: openSsh));

        Assert.Equal($"127.0.0.1 does not answer on port {server.Port}: waited 1 seconds", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connecting_can_be_cancelled(bool openSsh)
    {
        await using var server = await SshServer.StartAsync();
        var key = server.AuthorizedKey("me");
        await server.StopAsync();
        using var mute = new TcpListener(IPAddress.Loopback, server.Port);
        mute.Start();
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.ConnectAsync(key, ct: cancel.Token, openSsh: openSsh));
    }

    // The parent of the shell at the far end: the process that sshd has for this connection.
    private static async Task<string> DaemonOfAsync(IHostSession session) =>
        (await session.RunAsync(Ask("read -r line </proc/$PPID/stat; set -- ${line##*) }; echo $2")))[0].Answer!.Text.Trim();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crowd_at_the_door_is_let_in_one_after_the_other(bool openSsh)
    {
        // Three may shake hands at a time; the others are dropped without a word.
        await using var server = await SshServer.StartAsync("ed25519", "MaxStartups 3:100:3", "MaxSessions 1");
        server.Trust();
        var key = server.AuthorizedKey("me");

        var sessions = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => server.ConnectAsync(key, o => o with { MaxHandshakes = 6 }, openSsh: openSsh)));

        foreach (var session in sessions)
        {
            await session.DisposeAsync();
        }
    }
}
