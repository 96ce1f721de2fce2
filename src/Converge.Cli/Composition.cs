using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Converge.Cli.Commands;
using Converge.Cli.Output;
using Converge.Sessions;

namespace Converge.Cli;

/// <summary>Puts the real parts together.</summary>
internal static class Composition
{
    public static Surroundings Of(Terminal terminal) => new()
    {
        Terminal = terminal,
        Load = LoadAsync,
        Select = Select,
        Connect = Connect,
    };

    private static Task<Fleet> LoadAsync(ScriptRequest request, CancellationToken ct) => throw new NotSupportedException(request.Path);

    private static IReadOnlyList<Host> Select(string selector, Fleet fleet) => throw new NotSupportedException(selector);

    private static FleetConnector Connect(RunSettings settings)
    {
        var options = new SessionOptions { SudoPassword = SudoPassword() };
        return new FleetConnector(new LocalConnector(options), new SshConnector(new SshOptions
        {
            Session = options,
            ConfigFile = settings.SshConfig,
            AcceptNewHostKeys = settings.AcceptNewHostKeys,
        }));
    }

    private static Secret? SudoPassword() =>
        Environment.GetEnvironmentVariable("CONVERGE_SUDO_PASSWORD") is { Length: > 0 } password ? Secret.FromValue("CONVERGE_SUDO_PASSWORD", password) : null;
}
