using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions.Ssh;

namespace Converge.Sessions.OpenSsh;

/// <summary>Has the ssh program connect, log in and keep the connection in the background, for whoever asks at its control socket.</summary>
internal static class SshMaster
{
    // All that ssh, an agent and the programs that ssh_config may name have a use for. The rest may hold secrets, and is there for all processes of the user to read.
    private static readonly string[] PassedOn = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "KRB5CCNAME"];

    /// <summary>Whether there is an ssh program.</summary>
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => System.IO.File.Exists(System.IO.Path.Combine(folder, "ssh")));

    /// <summary>Returns once the connection stands; empty, or what ssh said when it does not.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or too late; ssh was stopped.</exception>
    public static async Task<string> StartAsync(string host, string address, SshTarget target, string socket, SshOptions options, CancellationToken ct)
    {
        var start = new ProcessStartInfo("ssh", Arguments(host, address, target, socket, options))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var name in start.Environment.Keys.Except(PassedOn).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start) ?? throw new Win32Exception("ssh did not start");
        process.StandardInput.Close();
        try
        {
            var said = await process.StandardError.ReadToEndAsync(ct).ConfigureAwait(false);
            await process.WaitForExitAsync(ct).ConfigureAwait(false);
            return process.ExitCode == 0 ? "" : said.Trim() is { Length: > 0 } words ? words : $"ssh ended with exit code {process.ExitCode}";
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static IEnumerable<string> Arguments(string host, string address, SshTarget target, string socket, SshOptions options)
    {
        var timeout = Math.Max(1, (int)options.Session.ConnectTimeout.TotalSeconds);
        var keep = Math.Max(1, (int)Math.Ceiling(options.KeepConnection.TotalSeconds));
        return
        [
            .. options.ConfigFile is { } file ? ["-F", System.IO.Path.GetFullPath(file)] : Array.Empty<string>(),
            "-fNTM", "-S", socket,
            .. Option($"ControlPersist={keep}"), .. Option("BatchMode=yes"), .. Option("LogLevel=ERROR"), .. Option($"ConnectTimeout={timeout}"),

            // A host that was lost is noticed within 15 seconds, and its connection not kept.
            .. Option("ServerAliveInterval=5"), .. Option("ServerAliveCountMax=3"),
            .. Option($"StrictHostKeyChecking={(target.AcceptNewHostKeys ? "accept-new" : "yes")}"),
            .. Option("ForwardAgent=no"), .. Option("ForwardX11=no"), .. Option("ClearAllForwardings=yes"), .. Option("PermitLocalCommand=no"), .. Option("RemoteCommand=none"),

            // The config's word goes before the script's.
            .. target.NamedHost ? [] : Option($"HostName={address}"),
            "--", host,
        ];

        static string[] Option(string setting) => ["-o", string.Create(CultureInfo.InvariantCulture, $"{setting}")];
    }
}
