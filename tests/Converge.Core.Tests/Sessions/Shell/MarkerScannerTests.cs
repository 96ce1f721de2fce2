using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Converge.Sessions.Shell;

namespace Converge.Core.Tests.Sessions.Shell;

public sealed class MarkerScannerTests
{
    private const string Nonce = "0123456789abcdef0123456789abcdef";
    private static readonly string Mark = $"\u001e{Nonce} ";

    public static TheoryData<string, string> Streams => new()
    {
        { "plain\n", "data:plain\n" },
        { $"{Mark}begin 0\n", "[begin 0]" },
        { $"no newline{Mark}done 0\nmore", "data:no newline[done 0]data:more" },
        { $"{Mark}a\n{Mark}b\n", "[a][b]" },
        { $"\u001e\u001e{Mark}a\n\u001e", "data:\u001e\u001e[a]data:\u001e" },
        { $"\u001e{Nonce}x\n", $"data:\u001e{Nonce}x\n" },
        { $"\u001e{Nonce[..^1]}0 a\n", $"data:\u001e{Nonce[..^1]}0 a\n" },
        { $"\u001e012{Mark}a\n", "data:\u001e012[a]" },
        { $"\u001effffffffffffffffffffffffffffffff end done\n{Mark}end done\n", "data:\u001effffffffffffffffffffffffffffffff end done\n[end done]" },
        { $"a\0b\r\n\0{Mark}a b  c\n\0", "data:a\0b\r\n\0[a b  c]data:\0" },
        { $"{Mark}unfinished", $"data:{Mark}unfinished" },
        { "", "" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_stream_reads_the_same_in_chunks_of_any_size(string stream, string expected)
    {
        var bytes = Encoding.Latin1.GetBytes(stream);

        for (var size = 1; size <= bytes.Length + 1; size++)
        {
            Assert.Equal(expected, Read(bytes.Chunk(size)));
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_stream_reads_the_same_when_cut_anywhere(string stream, string expected)
    {
        var bytes = Encoding.Latin1.GetBytes(stream);

        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(expected, Read([bytes[..cut], bytes[cut..]]));
        }
    }

    [Fact]
    public void Random_streams_read_the_same_in_random_chunks()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var bytes = Enumerable.Range(0, 20).SelectMany(_ => Piece(random)).ToArray();

            Assert.Equal(Read([bytes]), Read(Cut(bytes, random)));
        }
    }

    [Fact]
    public void A_marker_without_an_end_is_data_before_it_fills_the_memory()
    {
        var bytes = Encoding.Latin1.GetBytes(Mark + new string('x', 5000));

        Assert.Equal("data:" + Mark + new string('x', 5000), Read([bytes]));
    }

    private static byte[] Piece(Random random) => random.Next(6) switch
    {
        0 => Encoding.Latin1.GetBytes($"{Mark}done {random.Next(9)}\n"),
        1 => Encoding.Latin1.GetBytes(Mark[..random.Next(Mark.Length)]),
        2 => [0x1E],
        3 => Encoding.Latin1.GetBytes(Nonce),
        4 => "\n"u8.ToArray(),
        _ => [.. Enumerable.Range(0, random.Next(10)).Select(_ => (byte)random.Next(256))],
    };

    private static IEnumerable<byte[]> Cut(byte[] bytes, Random random)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var end = Math.Min(bytes.Length, start + random.Next(1, 9));
            yield return bytes[start..end];
            start = end;
        }
    }

    private static string Read(IEnumerable<byte[]> chunks)
    {
        var found = new Found();
        var scanner = new MarkerScanner(Nonce, found);
        foreach (var chunk in chunks)
        {
            scanner.Scan(chunk);
        }

        scanner.End();
        return found.Text.ToString();
    }

    private sealed class Found : IMarkerSink
    {
        private bool _inData;

        public StringBuilder Text { get; } = new();

        public void Data(ReadOnlySpan<byte> bytes)
        {
            Text.Append(_inData ? "" : "data:").Append(Encoding.Latin1.GetString(bytes));
            _inData = true;
        }

        public void Marker(string words)
        {
            Text.Append('[').Append(words).Append(']');
            _inData = false;
        }
    }
}
