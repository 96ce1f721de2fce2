using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Measuring;

namespace Converge.Bench.Hosts;

/// <summary>
/// One sshd that answers on every 127.x.y.z: as many hosts as one likes, each with an address of its own, all of them this machine. It lives in
/// a network namespace of its own, so that nobody else reaches it; commands that talk to it are put there by <see cref="Inside"/>.
/// </summary>
internal sealed class LoopbackFleet : IAsyncDisposable
{
    private const string Namespace = "converge-bench";
    private const int Port = 22;

    private readonly string _folder;
    private readonly CancellationTokenSource _stop = new();
    private Task _server = Task.CompletedTask;

    private LoopbackFleet(string folder) => _folder = folder;

    public string SshConfig => Path.Combine(_folder, "ssh_config");

    /// <summary>Starts sshd and writes an ssh_config with <paramref name="most"/> hosts.</summary>
    /// <exception cref="BenchException">It does not start.</exception>
    public static async Task<LoopbackFleet> StartAsync(int most, string folder, CancellationToken ct)
    {
        var fleet = new LoopbackFleet(folder);
        try
        {
            await fleet.SetUpAsync(most, ct).ConfigureAwait(false);
            return fleet;
        }
        catch (Exception e) when (e is BenchException or OperationCanceledException)
        {
            await fleet.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>host1 is 127.1.0.1, host2 127.1.0.2 and so on.</summary>
    public static string AddressOf(int host) => $"127.1.{host / 200}.{(host % 200) + 1}";

    public static string NameOf(int host) => $"host{host}";

    /// <summary>The same command, where the fleet can be reached.</summary>
    public static ShellCommand Inside(ShellCommand command) => command with
    {
        Program = "nsenter",
        Arguments = [$"--net=/run/netns/{Namespace}", "--", command.Program, .. command.Arguments],
    };

    /// <summary>The first hosts by name, one a line, for <see cref="ParallelSsh"/>.</summary>
    public string HostList(int hosts)
    {
        var path = Path.Combine(_folder, $"hosts-{hosts}");
        File.WriteAllLines(path, Enumerable.Range(0, hosts).Select(NameOf));
        return path;
    }

    /// <summary>Ends all connections that are kept to hosts of the fleet.</summary>
    public static async Task EndConnectionsAsync(CancellationToken ct)
    {
        await CommandTimer.RunAsync(Inside(new ShellCommand("sh", ["-c", "pkill -x --ns $$ --nslist net ssh"]) { Verdict = _ => null }), ct).ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromSeconds(1), ct).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _server.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await RemoveNamespaceAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task SetUpAsync(int most, CancellationToken ct)
    {
        await RemoveNamespaceAsync().ConfigureAwait(false);
        await CommandTimer.RunAsync(new ShellCommand("ip", ["netns", "add", Namespace]), ct).ConfigureAwait(false);
        await CommandTimer.RunAsync(new ShellCommand("ip", ["-n", Namespace, "link", "set", "lo", "up"]), ct).ConfigureAwait(false);
        foreach (var key in (string[])["host", "user"])
        {
            await CommandTimer.RunAsync(new ShellCommand("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "bench", "-f", Path.Combine(_folder, key)]), ct).ConfigureAwait(false);
        }

        WriteConfigs(most);
        Directory.CreateDirectory("/run/sshd");
        _server = CommandTimer.RunAsync(Inside(new ShellCommand("/usr/sbin/sshd", ["-D", "-e", "-f", Path.Combine(_folder, "sshd_config")])) with { Limit = TimeSpan.FromHours(1) }, _stop.Token);
        await AnswersAsync(ct).ConfigureAwait(false);
    }

    private void WriteConfigs(int most)
    {
        File.Copy(Path.Combine(_folder, "user.pub"), Path.Combine(_folder, "authorized_keys"));
        File.WriteAllLines(Path.Combine(_folder, "sshd_config"),
        [
            $"Port {Port}", "ListenAddress 0.0.0.0", $"HostKey {_folder}/host", $"AuthorizedKeysFile {_folder}/authorized_keys", "StrictModes no", "PidFile none",
            "PermitRootLogin prohibit-password", "PasswordAuthentication no", "KbdInteractiveAuthentication no", "UsePAM no", "UseDNS no", "LogLevel ERROR",
            // bash reads root's .bashrc at each login; what that does on this machine (pyenv, for one, takes a lock) is no part of a comparison.
            $"SetEnv HOME={_folder}",
            // All hosts are one sshd: what 500 machines let in, one must.
            "MaxStartups 2000", "MaxSessions 100",
        ]);
        var hostKey = string.Join(' ', File.ReadAllText(Path.Combine(_folder, "host.pub")).Split(' ').Take(2));
        var (config, known) = (new StringBuilder(), new StringBuilder());
        for (var host = 0; host < most; host++)
        {
            known.Append($"{NameOf(host)},{AddressOf(host)} {hostKey}\n");
            config.Append($"Host {NameOf(host)}\n    HostName {AddressOf(host)}\n");
        }

        config.Append($"Host *\n    User root\n    IdentityFile {_folder}/user\n    IdentitiesOnly yes\n    UserKnownHostsFile {_folder}/known_hosts\n    StrictHostKeyChecking yes\n    KexAlgorithms {ParallelSsh.SameExchange}\n");
        File.WriteAllText(SshConfig, config.ToString());
        File.WriteAllText(Path.Combine(_folder, "known_hosts"), known.ToString());
    }

    private async Task AnswersAsync(CancellationToken ct)
    {
        var login = Inside(ParallelSsh.True(SshConfig, HostList(1), 1, null)) with { Verdict = _ => null };
        for (var attempt = 0; attempt < 50 && !_server.IsCompleted; attempt++)
        {
            if ((await CommandTimer.RunAsync(login, ct).ConfigureAwait(false)).ExitCode == 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), ct).ConfigureAwait(false);
        }

        // Its own words, if it ended.
        await (_server.IsCompleted ? _server : Task.CompletedTask).ConfigureAwait(false);
        throw new BenchException("the sshd for the loopback fleet lets nobody in");
    }

    private static async Task RemoveNamespaceAsync()
    {
        if (File.Exists($"/run/netns/{Namespace}"))
        {
            // Whatever still runs in there is ours: the connections of a run that was stopped.
            var left = await CommandTimer.RunAsync(new ShellCommand("ip", ["netns", "pids", Namespace]), CancellationToken.None).ConfigureAwait(false);
            if (left.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } pids)
            {
                await CommandTimer.RunAsync(new ShellCommand("kill", ["-9", .. pids]) { Verdict = _ => null }, CancellationToken.None).ConfigureAwait(false);
            }

            await CommandTimer.RunAsync(new ShellCommand("ip", ["netns", "delete", Namespace]), CancellationToken.None).ConfigureAwait(false);
        }
    }
}
