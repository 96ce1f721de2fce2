using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions.Shell;

namespace Converge.Sessions.OpenSsh;

/// <summary>
/// A shell over a connection that an OpenSSH master keeps: its control socket in proxy mode (PROTOCOL.mux section 9), through which we speak the
/// connection protocol of SSH (RFC 4254). No ssh program per session, and no other dependency.
/// </summary>
internal sealed class MuxChannel : IAsyncShellChannel
{
    private const int Window = 2 * 1024 * 1024;
    private const int LargestData = 32 * 1024;

    private readonly Socket _socket;
    private readonly MuxReader _reader;
    private readonly SemaphoreSlim _sending = new(1);

    // Whoever sends has it: a new one for each message was as much garbage as all that was ever sent.
    private readonly byte[] _data = new byte[MuxPacket.DataLength(LargestData)];
    private readonly Lock _gate = new();
    private readonly StringBuilder _said = new();
    private TaskCompletionSource _roomier = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private uint _peer;
    private long _room;
    private int _largest;
    private int _taken;
    private int _unread;
    private uint? _exitStatus;
    private bool _ended;

    private MuxChannel(Socket socket) => (_socket, _reader) = (socket, new MuxReader(socket));

    public string Ending
    {
        get
        {
            lock (_gate)
            {
                var said = _said.ToString().Trim();
                return _exitStatus is { } status ? $"exit status {status}{(said.Length > 0 ? $": {said}" : "")}" : said;
            }
        }
    }

    /// <summary>Runs <c>sh -c text</c> in a new channel of the master's connection.</summary>
    /// <exception cref="SocketException">No master listens at the socket.</exception>
    /// <exception cref="IOException">The master or its host ended the connection, or refused a channel.</exception>
    public static async Task<MuxChannel> OpenAsync(string controlSocket, string text, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var opened = false;
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(controlSocket), ct).ConfigureAwait(false);
            var channel = new MuxChannel(socket);
            await channel.EnterProxyModeAsync(ct).ConfigureAwait(false);
            await channel.OpenSessionAsync(ct).ConfigureAwait(false);
            await channel.SendAsync(MuxPacket.Exec(channel._peer, $"exec sh -c {ShellQuote.Word(text)}"), ct).ConfigureAwait(false);
            opened = true;
            return channel;
        }
        finally
        {
            if (!opened)
            {
                socket.Dispose();
            }
        }
    }

    public async ValueTask<int> ReadAsync(byte[] buffer)
    {
        while (_unread == 0)
        {
            if (_ended || !await TakeNextAsync().ConfigureAwait(false))
            {
                return 0;
            }
        }

        var count = await _reader.ReadAsync(buffer.AsMemory(0, Math.Min(_unread, buffer.Length)), CancellationToken.None).ConfigureAwait(false);
        _unread -= count;
        Acknowledge(count);
        return count;
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0)
        {
            var count = await RoomAsync(bytes.Length, ct).ConfigureAwait(false);
            await SendDataAsync(bytes[..count], ct).ConfigureAwait(false);
            bytes = bytes[count..];
        }
    }

    public void CloseInput() => TrySend(MuxPacket.About(MuxPacket.ChannelEof, _peer));

    // The master closes the channel on the host when its client is gone, and sshd the shell's input with it.
    public void Abort() => _socket.Dispose();

    public ValueTask DisposeAsync()
    {
        TrySend(MuxPacket.About(MuxPacket.ChannelClose, _peer));
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task EnterProxyModeAsync(CancellationToken ct)
    {
        await SendAsync(MuxPacket.Greeting, ct).ConfigureAwait(false);
        if (await _reader.NextAsync(ct).ConfigureAwait(false) is not [MuxPacket.Hello, MuxPacket.Version, ..]
            || await _reader.NextAsync(ct).ConfigureAwait(false) is not [MuxPacket.ProxyAccepted, ..])
        {
            throw new IOException("the ssh that keeps the connection does not share it in this way");
        }
    }

    private async Task OpenSessionAsync(CancellationToken ct)
    {
        await SendAsync(MuxPacket.OpenSession(Window), ct).ConfigureAwait(false);
        while (true)
        {
            var (type, length) = await _reader.HeadAsync(ct).ConfigureAwait(false);
            var body = await _reader.BodyAsync(length, ct).ConfigureAwait(false);
            switch (type)
            {
                case MuxPacket.OpenConfirmation:
                    (_peer, _room, _largest) = (body.Number(4), body.Number(8), (int)Math.Min(body.Number(12), LargestData));
                    return;
                case MuxPacket.OpenFailure:
                    throw new IOException($"sshd opens no further session: {body.Text(8)}");
                default:
                    continue;
            }
        }
    }

    // False at the end.
    private async ValueTask<bool> TakeNextAsync()
    {
        var (type, length) = await _reader.HeadAsync(CancellationToken.None).ConfigureAwait(false);
        var isData = type == MuxPacket.ChannelData;
        var body = await _reader.BodyAsync(isData ? 8 : length, CancellationToken.None).ConfigureAwait(false);
        switch (type)
        {
            case MuxPacket.ChannelData:
                _unread = body.Number(4) is var count && count == length - 8 ? (int)count : throw new IOException($"data of ssh claims {count} bytes in a message of {length}");
                break;
            case MuxPacket.ExtendedData:
                Keep(body);
                break;
            case MuxPacket.WindowAdjust:
                MakeRoom(body.Number(4));
                break;
            case MuxPacket.ChannelRequest:
                Note(body);
                break;
            case MuxPacket.ChannelClose or MuxPacket.ChannelFailure:
                _ended = true;
                break;
        }

        return !_ended;
    }

    // What the login shell says on standard error, before ours joins it with the output.
    private void Keep(MuxBody body)
    {
        var text = body.Text(8);
        lock (_gate)
        {
            _said.Append(text.AsSpan(0, Math.Min(text.Length, 4096 - Math.Min(4096, _said.Length))));
        }

        Acknowledge(Encoding.UTF8.GetByteCount(text));
    }

    private void Note(MuxBody body)
    {
        lock (_gate)
        {
            // uint32 recipient, string type, boolean want-reply, uint32 status
            if (body.Text(4) == "exit-status")
            {
                _exitStatus = body.Number(4 + 4 + "exit-status".Length + 1);
            }
        }
    }

    private void Acknowledge(int count)
    {
        _taken += count;
        if (_taken >= Window / 2)
        {
            TrySend(MuxPacket.Adjust(_peer, (uint)_taken));
            _taken = 0;
        }
    }

    private void MakeRoom(uint more)
    {
        lock (_gate)
        {
            _room += more;
            _roomier.TrySetResult();
            _roomier = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task<int> RoomAsync(int wanted, CancellationToken ct)
    {
        while (true)
        {
            Task roomier;
            lock (_gate)
            {
                var count = (int)Math.Min(Math.Min(wanted, _largest), _room);
                if (count > 0)
                {
                    _room -= count;
                    return count;
                }

                roomier = _roomier.Task;
            }

            await roomier.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    private Task SendAsync(ReadOnlyMemory<byte> packet, CancellationToken ct) => SendAsync(() => packet, ct);

    private Task SendDataAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => SendAsync(
        () =>
        {
            MuxPacket.WriteData(_data, _peer, bytes.Span);
            return _data.AsMemory(0, MuxPacket.DataLength(bytes.Length));
        },
        ct);

    private async Task SendAsync(Func<ReadOnlyMemory<byte>> packet, CancellationToken ct)
    {
        await _sending.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            // Half a packet would garble the rest: not to be cancelled midway.
            await _socket.SendAsync(packet(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new IOException("the connection is gone", e);
        }
        finally
        {
            _sending.Release();
        }
    }

    private void TrySend(ReadOnlyMemory<byte> packet)
    {
        try
        {
            _sending.Wait();
            try
            {
                _socket.Send(packet.Span);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection went first.
        }
    }
}
