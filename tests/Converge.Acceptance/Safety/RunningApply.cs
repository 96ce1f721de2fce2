using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.Running;

namespace Converge.Acceptance.Safety;

/// <summary>A <c>converge apply --json</c> that runs, to be interrupted.</summary>
internal sealed class RunningApply : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private RunningApply(Process process) => (_process, _error) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Of the command itself: the launcher has become it.</summary>
    public int ProcessId => _process.Id;

    public static RunningApply Start(string script, string sshConfig, params IEnumerable<string> options)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "converge"), ["apply", script, "--yes", "--json", "--ssh-config", sshConfig, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new RunningApply(Process.Start(start)!);
    }

    /// <summary>Reads events until one matches; false at the end of the output.</summary>
    public async Task<bool> SeesAsync(Func<JsonElement, bool> matches, CancellationToken ct)
    {
        while (await _process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            using var json = JsonDocument.Parse(line);
            if (matches(json.RootElement))
                return true;
        }

        return false;
    }

    /// <summary>Sends a signal by the shell's own kill.</summary>
    public async Task SignalAsync(string signal, CancellationToken ct) =>
        await ProgramRun.OfAsync("sh", ["-c", "kill \"-$1\" \"$2\"", "sh", signal, ProcessId.ToString(CultureInfo.InvariantCulture)], ct);

    /// <summary>The rest of what it says, once it has ended.</summary>
    public async Task<ProgramRun> EndAsync(CancellationToken ct)
    {
        var output = await _process.StandardOutput.ReadToEndAsync(ct);
        await _process.WaitForExitAsync(ct);
        return new ProgramRun(_process.ExitCode, output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
