using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Converge.Sessions.OpenSsh;

/// <summary>Messages on the control socket of an OpenSSH master: PROTOCOL.mux of OpenSSH for the greeting, RFC 4254 for what follows in proxy mode.</summary>
internal static class MuxPacket
{
    public const uint Hello = 1;
    public const uint Version = 4;
    public const uint ProxyAccepted = 0x8000000f;

    public const byte OpenConfirmation = 91;
    public const byte OpenFailure = 92;
    public const byte WindowAdjust = 93;
    public const byte ChannelData = 94;
    public const byte ExtendedData = 95;
    public const byte ChannelEof = 96;
    public const byte ChannelClose = 97;
    public const byte ChannelRequest = 98;
    public const byte ChannelFailure = 100;

    private const uint ProxyRequest = 0x1000000f;
    private const byte ChannelOpen = 90;
    private const uint LargestPacket = 32 * 1024;

    /// <summary>Our hello, and the wish for proxy mode.</summary>
    public static ReadOnlyMemory<byte> Greeting { get; } = (byte[])[.. Number(8), .. Number(Hello), .. Number(Version), .. Number(8), .. Number(ProxyRequest), .. Number(0)];

    /// <summary>A session channel that calls itself 0 on our side.</summary>
    public static byte[] OpenSession(uint window) => Packet(ChannelOpen, [.. String("session"), .. Number(0), .. Number(window), .. Number(LargestPacket)]);

    /// <summary>Runs a command line in the login user's shell; a refusal is answered by <see cref="ChannelFailure"/>.</summary>
    public static byte[] Exec(uint peer, string command) => Packet(ChannelRequest, [.. Number(peer), .. String("exec"), 1, .. String(command)]);

    /// <summary>Room for a message that brings this many bytes.</summary>
    public static int DataLength(int bytes) => 14 + bytes;

    /// <summary>Writes a message that brings bytes, where there is room for it.</summary>
    public static void WriteData(byte[] packet, uint peer, ReadOnlySpan<byte> bytes)
    {
        packet[4] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(packet, (uint)(10 + bytes.Length));
        packet[5] = ChannelData;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(6), peer);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(10), (uint)bytes.Length);
        bytes.CopyTo(packet.AsSpan(14));
    }

    public static byte[] Adjust(uint peer, uint more) => Packet(WindowAdjust, [.. Number(peer), .. Number(more)]);

    /// <summary>A message of which nothing but the channel is told.</summary>
    public static byte[] About(byte type, uint peer) => Packet(type, Number(peer));

    // uint32 length, byte 0 (no padding), byte type, the rest.
    private static byte[] Packet(byte type, byte[] rest) => [.. Number((uint)(rest.Length + 2)), 0, type, .. rest];

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] String(string text) => [.. Number((uint)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];
}

/// <summary>What follows the type of a message.</summary>
internal readonly record struct MuxBody(ReadOnlyMemory<byte> Bytes)
{
    /// <exception cref="IOException">The message ends before it.</exception>
    public uint Number(int offset) => offset + 4 <= Bytes.Length ? BinaryPrimitives.ReadUInt32BigEndian(Bytes.Span[offset..]) : throw new IOException("a message of ssh is too short");

    /// <summary>A string, which has its length in front.</summary>
    /// <exception cref="IOException">The message ends before it.</exception>
    public string Text(int offset)
    {
        var length = Number(offset);
        return length <= Bytes.Length - offset - 4 ? Encoding.UTF8.GetString(Bytes.Span.Slice(offset + 4, (int)length)) : throw new IOException("a message of ssh is too short");
    }
}
