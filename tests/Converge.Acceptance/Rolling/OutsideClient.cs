using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Acceptance.Rolling;

/// <summary>A visitor who has nothing to do with Converge: a new connection every 5 ms, and the times of the good answers.</summary>
internal sealed class OutsideClient(IPEndPoint site)
{
    private readonly List<TimeSpan> _answered = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Asks until told to stop; gives the longest time between two good answers.</summary>
    public async Task<TimeSpan> AskAsync(CancellationToken stop)
    {
        var open = new List<Task>();
        for (var next = _clock.Elapsed; !stop.IsCancellationRequested; next += TimeSpan.FromMilliseconds(5))
        {
            open.RemoveAll(t => t.IsCompleted);
            open.Add(Task.Run(AskOnceAsync, CancellationToken.None));
            var wait = next - _clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, CancellationToken.None);
        }

        await Task.WhenAll(open);
        _answered.Sort();
        var longest = TimeSpan.Zero;
        for (var i = 1; i < _answered.Count; i++)
            longest = _answered[i] - _answered[i - 1] > longest ? _answered[i] - _answered[i - 1] : longest;
        return longest;
    }

    private async Task AskOnceAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(site, patience.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.0\r\nHost: {site.Address}\r\n\r\n"), patience.Token);
            var answer = new byte[64];
            var length = await socket.ReceiveAsync(answer, patience.Token);
            if (Encoding.ASCII.GetString(answer, 0, length).Contains(" 200 ", StringComparison.Ordinal))
                lock (_answered)
                    _answered.Add(_clock.Elapsed);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Not answered: it shows as a gap.
        }
    }
}
