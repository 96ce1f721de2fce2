using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions.Shell;

/// <summary>A session over one long-lived shell, whatever carries its bytes. <c>Remote/serve.sh</c> is the other end.</summary>
internal sealed class ShellSession : IHostSession
{
    private const int ChunkBytes = 64 * 1024;

    // A slow link: what is on its way may take this long to arrive, and a sign of life is behind it in the queue.
    private const int SlowestBytesPerSecond = 32 * 1024;
    private const int MostBytesOnTheWay = 4 * 1024 * 1024;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan DeadlineSlack = TimeSpan.FromSeconds(30);

    private readonly string _host;
    private readonly IShellChannel _channel;
    private readonly ShellReader _reader;
    private readonly SessionOptions _options;
    private int _busy;
    private bool _gone;

    private ShellSession(string host, IShellChannel channel, ShellReader reader, SessionOptions options) =>
        (_host, _channel, _reader, _options) = (host, channel, reader, options);

    public int Exchanges { get; private set; }

    /// <summary>Takes the channel over: it is disposed with the session, or before an exception leaves.</summary>
    /// <exception cref="HostUnreachableException">No shell answered, or sudo refused.</exception>
    public static async Task<ShellSession> StartAsync(string host, IShellChannel channel, SessionOptions options, CancellationToken ct)
    {
        var started = false;
        try
        {
            options.Greeting?.Invoke(host);
            var reader = new ShellReader(channel, options.Time);
            await Handshake.PerformAsync(host, channel, reader, options, ct).ConfigureAwait(false);
            started = true;
            return new ShellSession(host, channel, reader, options);
        }
        finally
        {
            if (!started)
            {
                await channel.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public async Task<IReadOnlyList<ItemResult>> ExchangeAsync(
        IReadOnlyList<ExchangeItem> items, IProgress<ItemProgress>? progress, CancellationToken ct, CancellationToken noMoreSteps = default)
    {
        if (items.Count == 0)
        {
            return [];
        }

        if (Interlocked.Exchange(ref _busy, 1) == 1)
        {
            throw new InvalidOperationException("A session has one exchange at a time.");
        }

        try
        {
            ct.ThrowIfCancellationRequested();
            return await RunAsync(items, progress, ct, noMoreSteps).ConfigureAwait(false);
        }
        finally
        {
            _busy = 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_gone && !_reader.Ended.IsCompleted)
        {
            await SayByeAsync().ConfigureAwait(false);
        }

        await _channel.DisposeAsync().ConfigureAwait(false);
    }

    // The end of the output cannot be waited for: a process that a step left in the background may hold it open for ever.
    private async Task SayByeAsync()
    {
        // With nothing at work, only its folder and lock are left, which go as surely unwatched; a far host would cost a round trip.
        var patience = _busy == 0 ? Moment : _options.StopGrace;
        var nonce = Nonce.New();
        var farewell = new Farewell(nonce);
        _reader.Attach(farewell);
        try
        {
            await _channel.WriteAsync(Request.Frame("bye", nonce), CancellationToken.None).WaitAsync(_options.StopGrace, _options.Time).ConfigureAwait(false);
            _channel.CloseInput();
            await farewell.Said.WaitAsync(patience, _options.Time).ConfigureAwait(false);
        }
        catch (TimeoutException) when (patience == Moment)
        {
            // The channel's end says the same once more.
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            Drop();
        }
    }

    private async Task<IReadOnlyList<ItemResult>> RunAsync(
        IReadOnlyList<ExchangeItem> items, IProgress<ItemProgress>? progress, CancellationToken ct, CancellationToken noMoreSteps)
    {
        if (_gone || _reader.Ended.IsCompleted)
        {
            throw Lost();
        }

        var request = RequestWriter.Write(items, _options.QuestionDeadline, Nonce.New());
        await using var feed = new ProgressFeed(progress);
        var reader = new ExchangeReader(items, request.Nonce, feed.Tell);
        _reader.Attach(reader);
        try
        {
            Exchanges++;
            var sent = await SendAsync(request, ct).ConfigureAwait(false);
            var end = await WaitAsync(reader, items, sent, ct, noMoreSteps).ConfigureAwait(false);
            return end switch
            {
                "done" when reader.Results.All(r => r is not null) => [.. reader.Results.Select(r => r!)],
                "closed" => throw Lost(),
                _ => throw SessionFailure.ShellDied(_host, Encoding.UTF8.GetString(reader.Noise)),
            };
        }
        finally
        {
            _reader.Detach(reader);
        }
    }

    private async Task<long> SendAsync(Request request, CancellationToken ct)
    {
        var sent = 0L;
        try
        {
            foreach (var frame in request.Frames())
            {
                for (var offset = 0; offset < frame.Length; offset += ChunkBytes)
                {
                    var chunk = frame[offset..Math.Min(frame.Length, offset + ChunkBytes)];
                    await WriteAsync(chunk, ct).ConfigureAwait(false);
                    sent += chunk.Length;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing runs yet; half a frame cannot be taken back, so the connection ends with it.
            Drop();
            throw;
        }

        return sent;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            await _channel.WriteAsync(bytes, ct).WaitAsync(_options.Silence, _options.Time, ct).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Drop();
            throw SessionFailure.Silent(_host, _options.Silence);
        }
        catch (IOException)
        {
            Drop();
            throw Lost();
        }
    }

    private async Task<string> WaitAsync(ExchangeReader reader, IReadOnlyList<ExchangeItem> items, long sent, CancellationToken ct, CancellationToken noMoreSteps)
    {
        var patience = _options.Silence + TimeSpan.FromSeconds(Math.Min(sent, MostBytesOnTheWay) / SlowestBytesPerSecond);
        var vigil = new ItemVigil(items, _options);
        var quit = false;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, noMoreSteps);
        while (!await EndsWithinTurnAsync(reader, quit ? ct : either.Token).ConfigureAwait(false))
        {
            if (ct.IsCancellationRequested)
            {
                await StopAsync(reader).ConfigureAwait(false);
                ct.ThrowIfCancellationRequested();
            }

            if (noMoreSteps.IsCancellationRequested && !quit)
            {
                quit = true;
                await WriteAsync(Request.Frame("quit"), CancellationToken.None).ConfigureAwait(false);
            }

            if (_reader.Silence > patience)
            {
                Drop();
                throw SessionFailure.Silent(_host, _reader.Silence);
            }

            if (_reader.Silence > _options.Silence / 4)
            {
                await WriteAsync(Request.Frame("ping"), CancellationToken.None).ConfigureAwait(false);
            }

            if (vigil.FloodOf(reader.Running) is { } flooding)
            {
                await WriteAsync(Request.Frame("halt", flooding), CancellationToken.None).ConfigureAwait(false);
            }

            if (reader.Running is var running && vigil.IsStuck(running, reader.Moves, DeadlineSlack))
            {
                Drop();
                throw running is null ? SessionFailure.Idle(_host) : SessionFailure.Stuck(_host, vigil.Describe(running), vigil.DeadlineOf(running));
            }
        }

        return await reader.End.ConfigureAwait(false);
    }

    private async Task<bool> EndsWithinTurnAsync(ExchangeReader reader, CancellationToken ct)
    {
        try
        {
            await reader.End.WaitAsync(Turn, _options.Time, ct).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    // Stops the remote work; a host that does not confirm it in time loses its connection, which stops the work as well.
    private async Task StopAsync(ExchangeReader reader)
    {
        try
        {
            await _channel.WriteAsync(Request.Frame("stop"), CancellationToken.None).WaitAsync(_options.StopGrace, _options.Time).ConfigureAwait(false);
            await reader.End.WaitAsync(_options.StopGrace, _options.Time).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            Drop();
        }
    }

    private HostUnreachableException Lost()
    {
        _gone = true;
        return SessionFailure.Lost(_host, _channel.Ending);
    }

    private void Drop()
    {
        _gone = true;
        _channel.Abort();
    }
}
