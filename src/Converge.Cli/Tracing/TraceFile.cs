using System;
using System.IO;
using Converge.Cli.Commands;

namespace Converge.Cli.Tracing;

/// <summary>The file of <c>--trace</c>: opened before anything is done, written when all is.</summary>
internal sealed class TraceFile : IDisposable
{
    private readonly FileStream _file;

    private TraceFile(FileStream file, RunTrace trace) => (_file, Trace) = (file, trace);

    public RunTrace Trace { get; }

    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static TraceFile? Open(string? path, TimeProvider time)
    {
        try
        {
            return path is null ? null : new TraceFile(new FileStream(path, FileMode.Create, FileAccess.Write), new RunTrace(time));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--trace {path} cannot be written: {e.Message}");
        }
    }

    public void Dispose()
    {
        Trace.WriteTo(_file);
        _file.Dispose();
    }
}
