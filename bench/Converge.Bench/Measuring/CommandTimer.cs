using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Bench.Measuring;

/// <summary>The one place that starts and times programs.</summary>
internal static class CommandTimer
{
    // Debian's package time. It waits with wait4(2), which tells what the process and its children used.
    private const string GnuTime = "/usr/bin/time";

    /// <summary>Runs a command and says what it took.</summary>
    /// <exception cref="BenchException">It could not be started, took too long, or its outcome is wrong.</exception>
    public static async Task<Sample> TimeAsync(ShellCommand command, CancellationToken ct)
    {
        var usage = Path.GetTempFileName();
        try
        {
            var timed = command with { Program = GnuTime, Arguments = ["-o", usage, "-f", "%U %S %M", "--", command.Program, .. command.Arguments] };
            var outcome = await RunAsync(timed, ct).ConfigureAwait(false);
            var words = (await File.ReadAllLinesAsync(usage, ct).ConfigureAwait(false)).Last().Split(' ');
            var numbers = words.Select(w => double.Parse(w)).ToArray();
            return new Sample(outcome.Seconds, numbers[0] + numbers[1], numbers[2] / 1024);
        }
        finally
        {
            File.Delete(usage);
        }
    }

    /// <summary>Runs a command, untimed.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="ct">Ends it, with all that it started.</param>
    /// <param name="started">Is given the process while it runs.</param>
    /// <exception cref="BenchException">It could not be started, took too long, or its outcome is wrong.</exception>
    public static async Task<Outcome> RunAsync(ShellCommand command, CancellationToken ct, Action<Process>? started = null)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Start(command);
        started?.Invoke(process);
        using var limit = new CancellationTokenSource(command.Limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var (output, error) = (new StreamText(process.StandardOutput), new StreamText(process.StandardError));
        try
        {
            await process.StandardInput.WriteAsync(command.Input.AsMemory(), either.Token).ConfigureAwait(false);
            process.StandardInput.Close();
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new BenchException($"{command}: not done after {command.Limit.TotalSeconds:0} s");
        }
        catch (IOException) when (process.HasExited)
        {
            // It ended without reading its input; the exit code says why.
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var outcome = new Outcome(process.ExitCode, await output.AtEndAsync().ConfigureAwait(false), await error.AtEndAsync().ConfigureAwait(false), seconds);
        return command.Verdict(outcome) is { } wrong
            ? throw new BenchException($"{command}: {wrong}\n{Indented(outcome.Output)}{Indented(outcome.Error)}")
            : outcome;
    }

    private static Process Start(ShellCommand command)
    {
        var info = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.Folder ?? "",
        };
        foreach (var (name, value) in command.Environment)
        {
            info.Environment[name] = value;
        }

        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new BenchException($"{command.Program} cannot be started: {e.Message}", e);
        }
    }

    private static string Indented(string text) => string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"    {line}\n"));
}
