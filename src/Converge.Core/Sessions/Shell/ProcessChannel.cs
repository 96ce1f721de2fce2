using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions.Shell;

/// <summary>A shell that is a child of this process.</summary>
internal sealed class ProcessChannel : IBlockingShellChannel
{
    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Task<string> _error;
    private readonly Lock _gate = new();
    private string? _ending;

    private ProcessChannel(Process process) =>
        (_process, _input, _output, _error) = (process, process.StandardInput.BaseStream, process.StandardOutput.BaseStream, process.StandardError.ReadToEndAsync());

    public string Ending
    {
        get
        {
            lock (_gate)
            {
                return (_ending ??= Describe()) ?? "";
            }
        }
    }

    /// <summary>Starts <c>sh -c text</c> with an environment that has nothing of ours in it: it may hold secrets.</summary>
    /// <exception cref="Win32Exception">There is no such shell.</exception>
    public static ProcessChannel Start(string shell, string text)
    {
        try
        {
            // A session of its own: Ctrl-C at the operator's terminal must reach us alone, we stop the work in order.
            return Start("setsid", [shell, "-c", text]);
        }
        catch (Win32Exception)
        {
            return Start(shell, ["-c", text]);
        }
    }

    public int Read(byte[] buffer) => _output.Read(buffer);

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            await _input.WriteAsync(bytes, ct).ConfigureAwait(false);
            await _input.FlushAsync(ct).ConfigureAwait(false);
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException("the shell is gone", e);
        }
    }

    public void CloseInput()
    {
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            // The shell went first.
        }
    }

    // The shell stops its work when its input ends. Killing it would leave that work running.
    public void Abort() => CloseInput();

    public ValueTask DisposeAsync()
    {
        CloseInput();
        lock (_gate)
        {
            _ending ??= Describe() ?? "";
            _process.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    // Our shell text joins standard error with the output: only what went before it, or instead of it, comes here.
    private string? Describe()
    {
        var patience = TimeSpan.FromMilliseconds(200);
        if (!_process.WaitForExit(patience))
        {
            return null;
        }

        var said = _error.Wait(patience) ? _error.Result.Trim() : "";
        return $"sh exited with code {_process.ExitCode}{(said.Length > 0 ? $": {said}" : "")}";
    }

    private static ProcessChannel Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" };
        var path = start.Environment.TryGetValue("PATH", out var value) ? value : null;
        start.Environment.Clear();
        start.Environment["PATH"] = path ?? "/usr/bin:/bin";
        start.Environment["HOME"] = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        start.Environment["USER"] = Environment.UserName;
        start.Environment["LOGNAME"] = Environment.UserName;
        return new ProcessChannel(Process.Start(start)!);
    }
}
