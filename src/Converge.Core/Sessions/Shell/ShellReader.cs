using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions.Shell;

/// <summary>
/// Reads a channel to its end as fast as bytes come: what is not read at once piles up in the SSH library, which has no back-pressure.
/// </summary>
internal sealed class ShellReader
{
    private const int StackBytes = 256 * 1024;
    private const int BufferBytes = 64 * 1024;

    private readonly IShellChannel _channel;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IOutputSink? _sink;
    private long _heardAt;

    private bool _started;

    public ShellReader(IShellChannel channel, TimeProvider time) => (_channel, _time, _heardAt) = (channel, time, time.GetTimestamp());

    /// <summary>Completes when nothing more comes.</summary>
    public Task Ended => _ended.Task;

    /// <summary>How long ago the host last said anything.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Volatile.Read(ref _heardAt));

    /// <summary>From now on the output goes here. Whoever had it before is told that nothing more comes.</summary>
    public void Attach(IOutputSink sink)
    {
        lock (_gate)
        {
            _sink?.Close();
            _sink = sink;
            if (Ended.IsCompleted)
            {
                sink.Close();
            }
            else if (!_started)
            {
                // Not before somebody listens: the first words may be the last ones.
                _started = true;
                Start();
            }
        }
    }

    /// <summary>Takes no more, unless somebody else has the output by now. Until the next has it, it is thrown away.</summary>
    public void Detach(IOutputSink sink)
    {
        lock (_gate)
        {
            _sink = _sink == sink ? null : _sink;
        }
    }

    private void Start()
    {
        switch (_channel)
        {
            case IAsyncShellChannel channel:
                _ = ReadAllAsync(channel);
                break;
            case IBlockingShellChannel channel:
                new Thread(() => ReadAll(channel), StackBytes) { IsBackground = true, Name = "session" }.Start();
                break;
            default:
                throw new InvalidOperationException($"a {_channel.GetType().Name} cannot be read");
        }
    }

    private async Task ReadAllAsync(IAsyncShellChannel channel)
    {
        // Not on the caller's time, who holds the lock.
        await Task.Yield();
        var buffer = new byte[BufferBytes];
        try
        {
            while (await channel.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
            {
                Hand(buffer.AsSpan(0, count));
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // As good as the end of the output.
        }

        End();
    }

    private void ReadAll(IBlockingShellChannel channel)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (channel.Read(buffer) is > 0 and var count)
            {
                Hand(buffer.AsSpan(0, count));
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // As good as the end of the output.
        }

        End();
    }

    private void Hand(ReadOnlySpan<byte> bytes)
    {
        Volatile.Write(ref _heardAt, _time.GetTimestamp());
        lock (_gate)
        {
            _sink?.Receive(bytes);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _ended.TrySetResult();
            _sink?.Close();
        }
    }

    private static bool IsEnd(Exception e) => e is IOException or ObjectDisposedException or OperationCanceledException;
}
