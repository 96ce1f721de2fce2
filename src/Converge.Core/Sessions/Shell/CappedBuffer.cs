using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Converge.Planning;

namespace Converge.Sessions.Shell;

/// <summary>Keeps the beginning and the end of a stream that may be longer than memory should hold.</summary>
internal sealed class CappedBuffer(int head, int tail)
{
    private readonly ArrayBufferWriter<byte> _head = new();
    private readonly List<byte> _tail = [];

    /// <summary>How many bytes there were.</summary>
    public long Total { get; private set; }

    /// <summary>Some had to be left out.</summary>
    public bool IsCut => Total > (long)head + tail;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Total += bytes.Length;
        var first = Math.Min(bytes.Length, head - _head.WrittenCount);
        _head.Write(bytes[..first]);
        bytes = bytes[first..];
        if (bytes.Length > tail)
        {
            bytes = bytes[^tail..];
        }

        _tail.AddRange(bytes);
        // Trimmed at twice its size, so that each byte is moved once on average.
        if (_tail.Count > 2 * tail)
        {
            _tail.RemoveRange(0, _tail.Count - tail);
        }
    }

    /// <summary>What was kept, with a line that says how much is missing.</summary>
    public byte[] ToArray()
    {
        if (!IsCut)
        {
            return [.. _head.WrittenSpan, .. _tail];
        }

        _tail.RemoveRange(0, Math.Max(0, _tail.Count - tail));
        var missing = string.Create(CultureInfo.InvariantCulture, $"\n{ToolWords.CutMark}{Total - head - tail} bytes left out)\n");
        return [.. _head.WrittenSpan, .. Encoding.ASCII.GetBytes(missing), .. _tail];
    }
}
