using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>Runs programs of this machine, always as a program and an argument list.</summary>
internal static class Tool
{
    /// <summary>Runs a program and returns its standard output.</summary>
    /// <exception cref="LabException">It could not be started or ended with another code than 0.</exception>
    public static async Task<string> RunAsync(ToolCall call, CancellationToken ct)
    {
        var result = await TryAsync(call, ct).ConfigureAwait(false);
        return result.ExitCode == 0
            ? result.Output
            : throw new LabException($"{call} ended with code {result.ExitCode}:\n{LastLines(result.Error + result.Output, 12)}");
    }

    public static Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct) =>
        RunAsync(new ToolCall(program, [.. arguments]), ct);

    /// <summary>Runs a program; a code other than 0 is part of the result.</summary>
    public static async Task<ExecResult> TryAsync(ToolCall call, CancellationToken ct)
    {
        using var process = Start(call, capture: true);
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await using var _ = ct.Register(() => KillTree(process)).ConfigureAwait(false);
        await WriteInputAsync(process, call.Input, ct).ConfigureAwait(false);
        await process.WaitForExitAsync(ct).ConfigureAwait(false);
        return new ExecResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }

    /// <summary>Runs a program on this process's own standard streams and returns its exit code.</summary>
    public static async Task<int> PassThroughAsync(ToolCall call, CancellationToken ct)
    {
        using var process = Start(call, capture: false);
        await using var _ = ct.Register(() => KillTree(process)).ConfigureAwait(false);
        await process.WaitForExitAsync(ct).ConfigureAwait(false);
        return process.ExitCode;
    }

    public static string LastLines(string text, int count) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(count).Select(l => "  " + l.TrimEnd()));

    private static Process Start(ToolCall call, bool capture)
    {
        var path = ToolPath.Find(call.Program) ?? throw new LabException($"This machine has no program '{call.Program}'.");
        var start = new ProcessStartInfo(path)
        {
            RedirectStandardInput = capture,
            RedirectStandardOutput = capture,
            RedirectStandardError = capture,
            WorkingDirectory = call.Folder ?? "/",
        };
        foreach (var argument in call.Arguments)
            start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        start.Environment["PATH"] = ToolPath.Variable;
        return Process.Start(start) ?? throw new LabException($"{call} could not be started.");
    }

    private static async Task WriteInputAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, ct).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading: its exit code and its words tell why.
        }
    }

    private static void KillTree(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }
}
