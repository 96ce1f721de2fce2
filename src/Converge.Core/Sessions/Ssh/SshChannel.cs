using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions.Shell;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Converge.Sessions.Ssh;

/// <summary>A shell at the other end of an SSH connection: one exec channel, which lives as long as the session.</summary>
internal sealed class SshChannel : IBlockingShellChannel
{
    private static readonly TimeSpan GoodbyeLimit = TimeSpan.FromSeconds(2);

    private readonly SshClient _client;
    private readonly SshCommand _command;
    private readonly Task _run;
    private readonly Stream _input;
    private int _disposed;

    private SshChannel(SshClient client, SshCommand command, Task run) =>
        (_client, _command, _run, _input) = (client, command, run, command.CreateInputStream());

    public string Ending =>
        _run.Exception?.InnerException is { } e ? e.Message
        : _run.IsCompleted && _command.ExitStatus is { } status ? $"exit status {status}{Noise()}"
        : "";

    /// <summary>
    /// Connects, logs in and runs <c>sh -c text</c>. All of it blocks, also the library's ConnectAsync while it logs in: on pool threads a few
    /// dozen hosts would hold each other up until they time out, hence a thread that ends when the host is reached.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the client is disposed of.</exception>
    public static Task<SshChannel> OpenAsync(SshClient client, string text, CancellationToken ct)
    {
        return Task.Factory.StartNew(Open, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        SshChannel Open()
        {
            // There is no other way to stop a Connect.
            using var stop = ct.Register(() => Task.Run(client.Dispose));
            try
            {
                client.Connect();
                var command = client.CreateCommand($"exec sh -c {ShellQuote.Word(text)}");
                return new SshChannel(client, command, command.ExecuteAsync(CancellationToken.None));
            }
            catch (Exception) when (ct.IsCancellationRequested)
            {
                throw new OperationCanceledException(ct);
            }
        }
    }

    public int Read(byte[] buffer) => _command.OutputStream.Read(buffer, 0, buffer.Length);

    // A write blocks while the host's window is full.
    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => Task.Run(() => Write(bytes), ct);

    public void CloseInput()
    {
        try
        {
            _input.Dispose();
        }
        catch (Exception e) when (e is SshException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The connection went first.
        }
    }

    public void Abort()
    {
        // Unblocks the reader; the connection is closed behind its back, as saying goodbye to a frozen host takes its time.
        _command.OutputStream.Dispose();
        _ = Task.Run(Close);
    }

    // A write to a frozen host holds the library's socket, which it never times out: closing then goes on behind our back, until the host or
    // the kernel has an answer.
    public async ValueTask DisposeAsync() => await Task.WhenAny(Task.Run(Close), Task.Delay(GoodbyeLimit)).ConfigureAwait(false);

    private void Write(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if (_run.IsCompleted)
            {
                throw new IOException("the shell has ended");
            }

            _input.Write(bytes.Span);
            _input.Flush();
        }
        catch (Exception e) when (e is SshException or ObjectDisposedException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            throw new IOException(e.Message, e);
        }
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        try
        {
            _command.Dispose();
            _client.Dispose();
        }
        catch (Exception e) when (e is SshException or ObjectDisposedException or IOException or System.Net.Sockets.SocketException)
        {
            // It was broken already.
        }
    }

    // What the login shell said before ours took over.
    private string Noise()
    {
        // Reading an empty one would block.
        var buffer = new byte[Math.Min(4096, _command.ExtendedOutputStream.Length)];
        var count = buffer.Length == 0 ? 0 : _command.ExtendedOutputStream.Read(buffer, 0, buffer.Length);
        return count > 0 ? ": " + Encoding.UTF8.GetString(buffer, 0, count).Trim() : "";
    }
}
