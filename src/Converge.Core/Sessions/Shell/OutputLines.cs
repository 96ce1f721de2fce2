using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;

namespace Converge.Sessions.Shell;

/// <summary>Turns output, as it arrives, into lines that are safe to show: without secrets, control characters and more than 1,000 characters.</summary>
internal sealed class OutputLines(Action<string> tell)
{
    private const int LongestLine = 1000;

    // More than is told: what is cut off must not begin within a secret, so lines are cut after secrets are masked.
    private const int LongestHeld = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly RedactedLines _redacted = new();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            Append(bytes[..end]);
            Flush();
            bytes = bytes[(end + 1)..];
        }

        Append(bytes);
    }

    /// <summary>A last line without a newline is one, too.</summary>
    public void End()
    {
        if (_line.WrittenCount > 0)
        {
            Flush();
        }

        Tell(_redacted.End());
    }

    private void Append(ReadOnlySpan<byte> bytes) => _line.Write(bytes[..Math.Min(bytes.Length, LongestHeld - _line.WrittenCount)]);

    private void Flush()
    {
        var line = Encoding.UTF8.GetString(_line.WrittenSpan).TrimEnd('\r');
        _line.ResetWrittenCount();
        // Progress bars overwrite their line: what stands last is what a terminal would show.
        Tell(_redacted.Next(line[(line.LastIndexOf('\r') + 1)..]));
    }

    private void Tell(IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            tell(Neutral(line.Length <= LongestLine ? line : line[..LongestLine] + "…"));
        }
    }

    // Escape sequences of a host must not reach the operator's terminal.
    private static string Neutral(string line) => string.Create(line.Length, line, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = source[i] == '\t' ? ' ' : char.IsControl(source[i]) || IsDirection(source[i]) ? '\uFFFD' : source[i];
        }
    });

    // Characters that reorder what is shown around them.
    private static bool IsDirection(char c) => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
