using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Core.Tests.Sessions.Ssh;

/// <summary>An sshd of our own on 127.0.0.1, with its keys in a temporary folder, run by whoever runs the tests. Not the system's service.</summary>
public sealed class SshServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private Process? _process;

    public static string? Missing => File.Exists(Program) ? null : "openssh-server is not installed (apt-get install openssh-server)";

    public string Folder { get; } = Directory.CreateTempSubdirectory("converge-sshd-").FullName;

    public int Port { get; private set; }

    public string KnownHosts => Path.Combine(Folder, "known_hosts");

    public string KnownName => $"[127.0.0.1]:{Port}";

    public List<string> Warnings { get; } = [];

    /// <summary>More lines for the host's block in ssh_config, and blocks behind it.</summary>
    public string MoreConfig { get; set; } = "";

    public static async Task<SshServer> StartAsync(string hostKeyType = "ed25519", params string[] settings)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var server = new SshServer { Port = FreePort() };
        server.Key("host", hostKeyType);
        if (Environment.UserName == "root")
        {
            Directory.CreateDirectory("/run/sshd");
        }

        await server.ListenAsync(settings);
        return server;
    }

    /// <summary>Makes a key pair and returns the path of the private key.</summary>
    public string Key(string name, string type = "ed25519", string passphrase = "", params string[] more)
    {
        var path = Path.Combine(Folder, name);
        File.Delete(path);
        File.Delete(path + ".pub");
        Run("ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-C", name, "-f", path, .. more]);
        return path;
    }

    /// <summary>Makes a key pair that is let in.</summary>
    public string AuthorizedKey(string name, string type = "ed25519", string passphrase = "", params string[] more)
    {
        var path = Key(name, type, passphrase, more);
        File.AppendAllText(Path.Combine(Folder, "authorized_keys"), File.ReadAllText(path + ".pub"));
        return path;
    }

    /// <summary>Records the server's host key, or another one.</summary>
    public void Trust(string key = "host", string marker = "")
    {
        var words = File.ReadAllText(Path.Combine(Folder, key + ".pub")).Split(' ');
        File.AppendAllText(KnownHosts, $"{marker}{KnownName} {words[0]} {words[1]}\n");
    }

    public string Fingerprint(string key) => Run("ssh-keygen", ["-lf", Path.Combine(Folder, key + ".pub")]).Split(' ')[1];

    public Task<IHostSession> ConnectAsync(string key, Func<SshOptions, SshOptions>? with = null, CancellationToken? ct = null, bool openSsh = false)
    {
        var config = Path.Combine(Folder, "ssh_config");
        Rewrite(config, $"""
            Host server
                HostName 127.0.0.1
                Port {Port}
                User {Environment.UserName}
                IdentityFile {key}
                UserKnownHostsFile {KnownHosts}
            {MoreConfig}
            """);
        var options = new SshOptions { ConfigFile = config, ControlFolder = Path.Combine(Folder, "kept"), KeepConnection = TimeSpan.FromSeconds(5), Session = new SessionOptions { RaisePrivilege = false }, Home = Folder, Warn = Warnings.Add };
        var host = new Fleet().Host("server");
        options = with is null ? options : with(options);
        IHostConnector connector = openSsh && OperatingSystem.IsLinux() ? new OpenSshConnector(options, new SshConnector(options)) : new SshConnector(options);
        return connector.ConnectAsync(host, ct ?? TestContext.Current.CancellationToken);
    }

    // A config that is written anew counts as another one: connections are not kept across it.
    private static void Rewrite(string path, string text)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            File.WriteAllText(path, text);
        }
    }

    /// <summary>Gives the server another host key.</summary>
    public async Task ReinstallAsync()
    {
        await StopAsync();
        Key("host");
        await ListenAsync([]);
    }

    public async Task StopAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public static string Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {error}");
        return output;
    }

    private async Task ListenAsync(string[] settings)
    {
        var config = Path.Combine(Folder, "sshd_config");
        await File.WriteAllLinesAsync(config, settings.Concat(
        [
            $"ListenAddress 127.0.0.1:{Port}", $"HostKey {Path.Combine(Folder, "host")}", $"AuthorizedKeysFile {Path.Combine(Folder, "authorized_keys")}",
            "StrictModes no", "PidFile none", "PermitRootLogin yes", "PasswordAuthentication no", "KbdInteractiveAuthentication no", "UsePAM no",
        ]));
        _process = Process.Start(new ProcessStartInfo(Program, ["-D", "-e", "-f", config]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        for (var i = 0; i < 100; i++)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(50);
            }
        }

        Assert.Fail("sshd did not start");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
