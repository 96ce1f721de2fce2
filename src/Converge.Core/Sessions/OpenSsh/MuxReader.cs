using System;
using System.Buffers.Binary;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions.OpenSsh;

/// <summary>Takes messages off a control socket. By one caller at a time; whoever disposes of the socket ends a read that waits.</summary>
internal sealed class MuxReader(Socket socket)
{
    // The master takes no larger ones either.
    private const int LargestMessage = 256 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _from;
    private int _to;

    /// <summary>A message from before proxy mode, as numbers.</summary>
    public async Task<uint[]> NextAsync(CancellationToken ct)
    {
        var length = LengthIn((await BodyAsync(4, ct).ConfigureAwait(false)).Number(0));
        var body = await BodyAsync(length, ct).ConfigureAwait(false);
        var numbers = new uint[length / 4];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = body.Number(4 * i);
        }

        return numbers;
    }

    /// <summary>Type of the next message and the length of what follows.</summary>
    public async ValueTask<(byte Type, int Length)> HeadAsync(CancellationToken ct) => HeadIn((await BodyAsync(6, ct).ConfigureAwait(false)).Bytes.Span);

    public async ValueTask<MuxBody> BodyAsync(int length, CancellationToken ct)
    {
        var bytes = new byte[length];
        for (var taken = 0; taken < length;)
        {
            taken += await ReadAsync(bytes.AsMemory(taken), ct).ConfigureAwait(false);
        }

        return new MuxBody(bytes);
    }

    /// <summary>Some of the bytes of a message; at least one.</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken ct)
    {
        if (_from == _to)
        {
            await FillAsync(ct).ConfigureAwait(false);
        }

        return Take(target.Span);
    }

    private async ValueTask FillAsync(CancellationToken ct)
    {
        try
        {
            var count = await socket.ReceiveAsync(_buffer, ct).ConfigureAwait(false);
            (_from, _to) = count > 0 ? (0, count) : throw new EndOfStreamException("the ssh that keeps the connection closed it");
        }
        catch (SocketException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private int Take(Span<byte> target)
    {
        var count = Math.Min(target.Length, _to - _from);
        _buffer.AsSpan(_from, count).CopyTo(target);
        _from += count;
        return count;
    }

    private static (byte Type, int Length) HeadIn(ReadOnlySpan<byte> head) => (head[5], LengthIn(BinaryPrimitives.ReadUInt32BigEndian(head)) - 2);

    private static int LengthIn(uint length) => length is >= 2 and <= LargestMessage ? (int)length : throw new IOException($"a message of ssh claims {length} bytes");
}
