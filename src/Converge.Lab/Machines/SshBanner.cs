using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>Asks an address whether an SSH server speaks there.</summary>
internal static class SshBanner
{
    /// <summary>True when the server's first bytes are SSH's (RFC 4253, section 4.2) within <paramref name="patience"/>.</summary>
    public static async Task<bool> AnswersAsync(IPAddress address, TimeSpan patience, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(patience);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, 22), deadline.Token).ConfigureAwait(false);
            var bytes = new byte[4];
            var count = await socket.ReceiveAsync(bytes, deadline.Token).ConfigureAwait(false);
            return Encoding.ASCII.GetString(bytes, 0, count) == "SSH-";
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
