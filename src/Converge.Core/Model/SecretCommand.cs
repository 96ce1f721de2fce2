using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Planning;

namespace Converge;

/// <summary>Has a program of the controller, such as a password manager, say a secret.</summary>
internal static class SecretCommand
{
    // Somebody may have to unlock the password manager first.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>What it printed on standard output, without one final newline.</summary>
    /// <exception cref="ConvergeException">It cannot be run, did not end in time, or ended with an error.</exception>
    public static string Read(string name, IReadOnlyList<string> command)
    {
        using var late = new CancellationTokenSource(Deadline);
        try
        {
            // The scripts that call this are synchronous; on the pool, so that no caller's context is waited for.
            return Task.Run(() => ReadAsync(name, command, late.Token)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new ConvergeException($"secret {name}: {Shown(command)} did not end within {Deadline.TotalSeconds:0} s and was stopped");
        }
        catch (Win32Exception e)
        {
            throw new ConvergeException($"secret {name}: {command[0]} cannot be run: {e.Message}", "Install it, or give its whole path.", e);
        }
    }

    private static async Task<string> ReadAsync(string name, IReadOnlyList<string> command, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new Win32Exception("it did not start");
        try
        {
            var error = process.StandardError.ReadToEndAsync(ct);
            var output = await process.StandardOutput.ReadToEndAsync(ct).ConfigureAwait(false);
            await process.WaitForExitAsync(ct).ConfigureAwait(false);

            // Standard output is not quoted: there is the secret, or a part of it.
            return process.ExitCode == 0
                ? output.EndsWith('\n') ? output[..^1].TrimEnd('\r') : output
                : throw new ConvergeException($"secret {name}: {Shown(command)} ended with exit code {process.ExitCode}{Said(await error.ConfigureAwait(false))}", $"Run it by hand:\n    {Shown(command)}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Shown(IReadOnlyList<string> command) => string.Join(' ', command.Select(ShellQuote.ForReading));

    private static string Said(string error) => ToolWords.Last(Answer.FromText("", error)) is { Count: > 0 } lines ? "\n" + string.Join('\n', lines.Select(l => "  " + l)) : "";
}
