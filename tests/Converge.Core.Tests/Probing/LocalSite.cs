using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Core.Tests.Probing;

/// <summary>A web site on this machine that answers as it is told to, over a connection for each request.</summary>
internal sealed class LocalSite : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _serving;

    public LocalSite()
    {
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>The status line of each answer; null: the connection is closed without one.</summary>
    public string? Status { get; set; } = "200 OK";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The host that the last request was for.</summary>
    public string LastHost { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _serving;
        _ending.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception) when (_ending.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var buffer = new byte[4096];
        var request = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, _ending.Token));
        var host = request.IndexOf("Host: ", StringComparison.Ordinal);
        LastHost = host < 0 ? "" : request[(host + 6)..].Split('\r')[0];
        if (Status is { } status)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"), _ending.Token);
        }
    }
}
