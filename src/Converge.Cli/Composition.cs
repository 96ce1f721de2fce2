using System;
using System.Threading;
using System.Threading.Tasks;
using Converge.Cli.Commands;
using Converge.Cli.Output;
using Converge.Sessions;

namespace Converge.Cli;

/// <summary>Puts the real parts together.</summary>
internal static class Composition
{
    public static Surroundings Of(Terminal terminal, CancellationToken stopNow) => new()
    {
        Terminal = terminal,
        StopNow = stopNow,
        Load = LoadAsync,
        Connect = settings => Connect(settings, terminal),
    };

    private static Task<LoadedScript> LoadAsync(ScriptRequest request, CancellationToken ct)
    {
        var loader = new ScriptLoader(new ScriptOptions { Variables = request.Variables, Progress = new Told(request.Progress) });
        return loader.LoadAsync(request.Path, ct);
    }

    private static FleetConnector Connect(RunSettings settings, Terminal terminal)
    {
        var options = new SessionOptions { SudoPassword = SudoPassword() };
        var ssh = new SshOptions
        {
            Session = options,
            ConfigFile = settings.SshConfig,
            AcceptNewHostKeys = settings.AcceptNewHostKeys,
            AskPassphrase = terminal.CanAsk ? new PassphrasePrompt(terminal).AskAsync : null,
            Warn = warning => terminal.Error.WriteLine(Redaction.Clean(warning)),
        };
        ssh = settings.Keep is { } keep ? ssh with { KeepConnection = keep } : ssh;
        return new FleetConnector(new LocalConnector(options), Remote(settings.Transport, ssh));
    }

    // The built-in one says more exactly what is wrong with a key, and can ask for passphrases.
    private static IHostConnector Remote(string? transport, SshOptions ssh)
    {
        var builtIn = new SshConnector(ssh);
        return OperatingSystem.IsLinux() && (transport is null ? OpenSshConnector.IsAvailable : transport == RunSettings.OpenSsh) ? new OpenSshConnector(ssh, builtIn) : builtIn;
    }

    private static Secret? SudoPassword() =>
        Environment.GetEnvironmentVariable("CONVERGE_SUDO_PASSWORD") is { Length: > 0 } password ? Secret.FromValue("CONVERGE_SUDO_PASSWORD", password) : null;

    private sealed class Told(Action<string> tell) : IProgress<string>
    {
        public void Report(string value) => tell(value);
    }
}
