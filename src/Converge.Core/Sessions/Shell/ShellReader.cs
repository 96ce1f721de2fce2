using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions.Shell;

/// <summary>
/// Reads a channel to its end, on a thread of its own: no transport has an asynchronous read that does not hold a pool thread, and what is
/// not read at once piles up in the SSH library, which has no back-pressure.
/// </summary>
internal sealed class ShellReader
{
    private const int StackBytes = 256 * 1024;

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
                new Thread(ReadAll, StackBytes) { IsBackground = true, Name = "session" }.Start();
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

    private void ReadAll()
    {
        var buffer = new byte[64 * 1024];
        for (var count = TryRead(buffer); count > 0; count = TryRead(buffer))
        {
            Volatile.Write(ref _heardAt, _time.GetTimestamp());
            lock (_gate)
            {
                _sink?.Receive(buffer.AsSpan(0, count));
            }
        }

        lock (_gate)
        {
            _ended.TrySetResult();
            _sink?.Close();
        }
    }

    private int TryRead(byte[] buffer)
    {
        try
        {
            return _channel.Read(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return 0;
        }
    }
}
