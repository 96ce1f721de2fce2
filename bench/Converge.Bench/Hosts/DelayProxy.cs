using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Converge.Bench.Hosts;

/// <summary>
/// A link of a given length in front of a TCP port: whatever is sent arrives half a round trip later, in order and as fast as it was sent. The
/// handshake of TCP, which the kernel does at once, is paid for as well: nothing passes before it could have.
/// </summary>
internal sealed class DelayProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IPEndPoint _target;
    private readonly TimeSpan _oneWay;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;

    public DelayProxy(IPEndPoint target, TimeSpan roundTrip)
    {
        (_target, _oneWay) = (target, roundTrip / 2);
        _listener.Start();
        _accepting = AcceptAsync(_stop.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(CancellationToken ct)
    {
        while (true)
        {
            _connections.Add(CarryAsync(await _listener.AcceptTcpClientAsync(ct).ConfigureAwait(false), Stopwatch.GetTimestamp(), ct));
        }
    }

    private async Task CarryAsync(TcpClient near, long accepted, CancellationToken ct)
    {
        using var far = new TcpClient { NoDelay = true };
        using (near)
        {
            near.NoDelay = true;
            // SYN out, SYN and ACK back, ACK out: the server hears of the connection after three one-way trips, the client may send after two.
            await UntilAsync(accepted, _oneWay * 3, ct).ConfigureAwait(false);
            await far.ConnectAsync(_target, ct).ConfigureAwait(false);
            await Task.WhenAll(
                PumpAsync(near, far, Later(accepted, _oneWay * 2), ct),
                PumpAsync(far, near, Stopwatch.GetTimestamp(), ct)).ConfigureAwait(false);
        }
    }

    // Reading goes on while earlier bytes are still under way, so that delay costs no bandwidth.
    private async Task PumpAsync(TcpClient from, TcpClient to, long earliest, CancellationToken ct)
    {
        var underWay = Channel.CreateUnbounded<(byte[] Bytes, long Arrival)>();
        var reading = ReadAsync(from, underWay.Writer, earliest, ct);
        await foreach (var (bytes, arrival) in underWay.Reader.ReadAllAsync(ct).ConfigureAwait(false))
        {
            await UntilAsync(arrival, _oneWay, ct).ConfigureAwait(false);
            await to.GetStream().WriteAsync(bytes, ct).ConfigureAwait(false);
        }

        to.Client.Shutdown(SocketShutdown.Send);
        await reading.ConfigureAwait(false);
    }

    private static async Task ReadAsync(TcpClient from, ChannelWriter<(byte[] Bytes, long Sent)> underWay, long earliest, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, ct).ConfigureAwait(false) is > 0 and var count)
            {
                await underWay.WriteAsync((buffer[..count], Math.Max(Stopwatch.GetTimestamp(), earliest)), ct).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is System.IO.IOException or SocketException)
        {
            // The other side hung up; what was under way still arrives.
        }
        finally
        {
            underWay.TryComplete();
        }
    }

    private static long Later(long start, TimeSpan span) => start + (long)(span.TotalSeconds * Stopwatch.Frequency);

    private static async Task UntilAsync(long start, TimeSpan span, CancellationToken ct)
    {
        var left = span - Stopwatch.GetElapsedTime(start);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, ct).ConfigureAwait(false);
        }
    }
}
