using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Probing;

/// <summary>
/// Sends requests at a fixed rate, each over a connection of its own, as a stream of new visitors would. A slow answer never delays the next
/// request, so that an outage is seen at the full rate.
/// </summary>
public sealed class HttpProber : IAsyncDisposable
{
    private readonly ProbeTarget _target;
    private readonly TimeProvider _time;
    private readonly StepTimeline _timeline;
    private readonly Action<ProbeFailure>? _failed;
    private readonly HttpClient _http;
    private readonly Lock _telling = new();
    private readonly CancellationTokenSource _ending = new();
    private ProbeTally _tally;
    private long _start;
    private Task<List<Task>>? _sending;

    /// <summary>Sends nothing yet.</summary>
    /// <param name="target">What to ask.</param>
    /// <param name="time">The clock.</param>
    /// <param name="timeline">Knows what ran when something failed.</param>
    /// <param name="failed">Told of each failure as it happens, from several threads.</param>
    public HttpProber(ProbeTarget target, TimeProvider time, StepTimeline timeline, Action<ProbeFailure>? failed = null)
    {
        (_target, _time, _timeline, _failed, _tally) = (target, time, timeline, failed, new ProbeTally(time));
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.Zero, ConnectCallback = ConnectAsync };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>What was seen so far.</summary>
    public ProbeReport Report => _tally.Report;

    /// <summary>One request, not counted. Null: it was answered well; else why not.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<string?> TryAsync(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(_target.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _target.Url);
            request.Headers.ConnectionClose = true;
            using var answer = await _http.SendAsync(request, both.Token).ConfigureAwait(false);
            var status = (int)answer.StatusCode;
            return _target.Accepts(status) ? null : $"answered {status}";
        }
        catch (HttpRequestException e)
        {
            return Redaction.Clean((e.InnerException?.Message ?? e.Message).Split('\n')[0]);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"no answer within {_target.Timeout.TotalSeconds:0.#} s";
        }
    }

    /// <summary>Starts sending.</summary>
    public void Start()
    {
        (_start, _tally) = (_time.GetTimestamp(), new ProbeTally(_time));
        _sending = Task.Run(SendAsync);
    }

    /// <summary>Stops sending, waits for the answers that are still out, and says what was seen.</summary>
    public async Task<ProbeReport> StopAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        if (_sending is not null)
        {
            await Task.WhenAll(await _sending.ConfigureAwait(false)).ConfigureAwait(false);
        }

        return _tally.Report;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _http.Dispose();
        _ending.Dispose();
    }

    private async Task<List<Task>> SendAsync()
    {
        var open = new List<Task>();
        for (long sent = 0; !_ending.IsCancellationRequested; sent++)
        {
            open.RemoveAll(t => t.IsCompleted);
            open.Add(SendOneAsync());

            // Counted from the start and not from the last one, so that lateness does not add up.
            var wait = TimeSpan.FromSeconds((sent + 1.0) / _target.Rate) - _time.GetElapsedTime(_start);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return open;
    }

    private async Task SendOneAsync()
    {
        var sent = _time.GetTimestamp();
        if (await TryAsync(CancellationToken.None).ConfigureAwait(false) is not { } why)
        {
            _tally.Answered();
            return;
        }

        // One at a time: whoever listens hears of them in the order of their numbers.
        lock (_telling)
        {
            var number = _tally.Failed();
            _failed?.Invoke(new ProbeFailure(_time.GetElapsedTime(_start, sent), why, _timeline.At(sent), number));
        }
    }

    private async ValueTask<System.IO.Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        NetworkStream? stream = null;
        try
        {
            EndPoint to = _target.Address is { } address ? new IPEndPoint(address, context.DnsEndPoint.Port) : context.DnsEndPoint;
            await socket.ConnectAsync(to, ct).ConfigureAwait(false);
            return stream = new NetworkStream(socket, ownsSocket: true);
        }
        finally
        {
            if (stream is null)
            {
                socket.Dispose();
            }
        }
    }
}
