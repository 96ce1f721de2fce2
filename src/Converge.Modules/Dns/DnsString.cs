using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Converge.Modules;

/// <summary>Character strings of zone files (RFC 1035, 5.1): at most 255 bytes each, in quotes.</summary>
internal static class DnsString
{
    private const int Longest = 255;

    /// <summary>As many strings as it takes; an empty text is one empty string.</summary>
    public static string Split(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length == 0 ? "\"\"" : string.Join(' ', bytes.Chunk(Longest).Select(Quote));
    }

    /// <summary>One string.</summary>
    public static string Quote(string text) => Quote(Encoding.UTF8.GetBytes(text));

    private static string Quote(IEnumerable<byte> bytes)
    {
        var quoted = new StringBuilder("\"");
        foreach (var b in bytes)
        {
            quoted.Append(b switch
            {
                (byte)'"' or (byte)'\\' => $"\\{(char)b}",
                >= 0x20 and < 0x7F => $"{(char)b}",
                _ => $"\\{b:000}",
            });
        }

        return quoted.Append('"').ToString();
    }
}
