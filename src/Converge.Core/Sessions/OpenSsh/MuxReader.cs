using System;
using System.Buffers.Binary;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions.OpenSsh;

/// <summary>Takes messages off a control socket. By one caller at a time.</summary>
internal sealed class MuxReader(Stream stream) : IDisposable
{
    // The master takes no larger ones either.
    private const int LargestMessage = 256 * 1024;

    private readonly BufferedStream _stream = new(stream, 64 * 1024);

    public void Dispose() => _stream.Dispose();

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
    public async Task<(byte Type, int Length)> HeadAsync(CancellationToken ct) => HeadIn((await BodyAsync(6, ct).ConfigureAwait(false)).Bytes.Span);

    /// <inheritdoc cref="HeadAsync"/>
    public (byte Type, int Length) Head()
    {
        Span<byte> head = stackalloc byte[6];
        _stream.ReadExactly(head);
        return HeadIn(head);
    }

    public async Task<MuxBody> BodyAsync(int length, CancellationToken ct)
    {
        var bytes = new byte[length];
        await _stream.ReadExactlyAsync(bytes, ct).ConfigureAwait(false);
        return new MuxBody(bytes);
    }

    public MuxBody Body(int length)
    {
        var bytes = new byte[length];
        _stream.ReadExactly(bytes);
        return new MuxBody(bytes);
    }

    /// <summary>Some of the bytes of a message; at least one.</summary>
    public int Read(Span<byte> buffer) => _stream.Read(buffer) is > 0 and var count ? count : throw new EndOfStreamException();

    private static (byte Type, int Length) HeadIn(ReadOnlySpan<byte> head) => (head[5], LengthIn(BinaryPrimitives.ReadUInt32BigEndian(head)) - 2);

    private static int LengthIn(uint length) => length is >= 2 and <= LargestMessage ? (int)length : throw new IOException($"a message of ssh claims {length} bytes");
}
