using System;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Converge.Sessions.Shell;

/// <summary>Takes progress off the reading thread, which must never wait for a listener.</summary>
internal sealed class ProgressFeed : IAsyncDisposable
{
    private const int MostLinesWaiting = 2000;

    private readonly Channel<ItemProgress>? _channel;
    private readonly Task _pump;
    private int _linesWaiting;

    public ProgressFeed(IProgress<ItemProgress>? progress)
    {
        _channel = progress is null ? null : Channel.CreateUnbounded<ItemProgress>(new() { SingleReader = true });
        _pump = progress is null ? Task.CompletedTask : PumpAsync(progress);
    }

    /// <summary>Never blocks. Lines are dropped while the listener is far behind; starts and ends are not.</summary>
    public void Tell(ItemProgress progress)
    {
        if (_channel is null)
        {
            return;
        }

        if (progress.Phase == ItemPhase.Output && Interlocked.Increment(ref _linesWaiting) > MostLinesWaiting)
        {
            Interlocked.Decrement(ref _linesWaiting);
            return;
        }

        _channel.Writer.TryWrite(progress);
    }

    /// <summary>Returns when the listener has been told everything.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel?.Writer.Complete();
        await _pump.ConfigureAwait(false);
    }

    private async Task PumpAsync(IProgress<ItemProgress> progress)
    {
        await foreach (var item in _channel!.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (item.Phase == ItemPhase.Output)
            {
                Interlocked.Decrement(ref _linesWaiting);
            }

            progress.Report(item);
        }
    }
}
