using System;
using System.Collections.Generic;
using System.Text;

namespace Converge.Sessions.Shell;

/// <summary>
/// Splits a stream into raw data and markers. A marker is the byte 0x1E, the nonce, a blank, words and a line feed; it may stand anywhere,
/// also behind output that has no final newline. Any chunking gives the same.
/// </summary>
internal sealed class MarkerScanner(string nonce, IMarkerSink sink)
{
    private const byte Start = 0x1E;
    private const int LongestMarker = 1024;

    private readonly byte[] _prefix = [Start, .. Encoding.ASCII.GetBytes(nonce), (byte)' '];
    private readonly List<byte> _held = [];

    public void Scan(ReadOnlySpan<byte> chunk)
    {
        while (chunk.Length > 0)
        {
            if (_held.Count > 0)
            {
                chunk = Hold(chunk);
                continue;
            }

            var start = chunk.IndexOf(Start);
            var data = start < 0 ? chunk : chunk[..start];
            if (data.Length > 0)
            {
                sink.Data(data);
            }

            if (start < 0)
            {
                return;
            }

            _held.Add(Start);
            chunk = chunk[(start + 1)..];
        }
    }

    /// <summary>The stream has ended: what looked like the beginning of a marker was data.</summary>
    public void End() => Release();

    private ReadOnlySpan<byte> Hold(ReadOnlySpan<byte> chunk)
    {
        for (var i = 0; i < chunk.Length; i++)
        {
            var next = chunk[i];
            if (_held.Count < _prefix.Length && next != _prefix[_held.Count])
            {
                // The nonce has no 0x1E, so a new marker can begin here at the earliest.
                Release();
                return chunk[i..];
            }

            if (next == '\n' && _held.Count >= _prefix.Length)
            {
                var words = Encoding.ASCII.GetString([.. _held[_prefix.Length..]]);
                _held.Clear();
                sink.Marker(words);
                return chunk[(i + 1)..];
            }

            _held.Add(next);
            if (_held.Count > LongestMarker)
            {
                Release();
                return chunk[(i + 1)..];
            }
        }

        return [];
    }

    private void Release()
    {
        if (_held.Count > 0)
        {
            byte[] data = [.. _held];
            _held.Clear();
            sink.Data(data);
        }
    }
}

/// <summary>Takes what a <see cref="MarkerScanner"/> finds, in order.</summary>
internal interface IMarkerSink
{
    void Data(ReadOnlySpan<byte> bytes);

    void Marker(string words);
}
