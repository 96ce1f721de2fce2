using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Acceptance.Running;

/// <summary>A program of this machine that ran to its end.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>What it wrote to both of its outputs.</summary>
    public string Text => Output + Error;

    /// <summary>Runs the converge command of this repository, as a user would.</summary>
    public static Task<ProgramRun> ConvergeAsync(IEnumerable<string> arguments, CancellationToken ct, string? folder = null, IReadOnlyDictionary<string, string>? environment = null) =>
        OfAsync(Path.Combine(Repository.Root, "converge"), arguments, ct, folder, environment);

    /// <summary>Runs a program; it ends with the test if that is stopped.</summary>
    /// <param name="said">Told of each line of its output at once.</param>
    public static async Task<ProgramRun> OfAsync(
        string program, IEnumerable<string> arguments, CancellationToken ct, string? folder = null, IReadOnlyDictionary<string, string>? environment = null, Action<string>? said = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? "", RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = said is null ? process.StandardOutput.ReadToEndAsync(ct) : ReadAsync(process.StandardOutput, said, ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new ProgramRun(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string> ReadAsync(StreamReader output, Action<string> said, CancellationToken ct)
    {
        var text = new StringBuilder();
        while (await output.ReadLineAsync(ct) is { } line)
        {
            text.Append(line).Append('\n');
            said(line);
        }

        return text.ToString();
    }

    /// <summary>A number of the summary, which is the last line that <c>--json</c> gives.</summary>
    public int Number(string property)
    {
        using var summary = JsonDocument.Parse(Output.TrimEnd().Split('\n')[^1]);
        return summary.RootElement.GetProperty(property).GetInt32();
    }

    /// <summary>Fails the test, with all that was said, where it ended otherwise.</summary>
    public ProgramRun EndedWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, not {exitCode}:\n{Text}");
        return this;
    }

    /// <summary>Fails the test, with all that was said, where it found anything to do or needed more than one exchange with each host.</summary>
    public ProgramRun FoundNothingToDo(int hosts)
    {
        var counts = (Number("changed"), Number("failed"), Number("exchanges"));
        Assert.True(counts == (0, 0, hosts), $"changed, failed, exchanges: {counts}, not (0, 0, {hosts}):\n{Text}");
        return this;
    }
}
