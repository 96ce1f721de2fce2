using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Converge.Modules;

/// <summary>A zone's file as it is.</summary>
/// <param name="File">Owner and mode; content and hash are not asked for.</param>
internal sealed record ZoneFileState(FileState File)
{
    /// <summary>Of a file that we wrote; null for others.</summary>
    public uint? Serial { get; init; }

    /// <summary>Hash of all but the line of the serial.</summary>
    public string Sha256WithoutSerial { get; init; } = "";

    /// <summary>The text, where it differs from what is wanted and is short enough to be shown.</summary>
    public string? Text { get; init; }

    /// <summary>Arguments: path, hash of what is wanted without its serial. Paths are made of names of zones, so they need no quoting in the answer.</summary>
    public static Question<IReadOnlyDictionary<string, ZoneFileState>> Question { get; } = new("zone-file", """
        while [ $# -ge 2 ]; do
          if [ -f "$1" ]; then
            sum=$(sed '/^[[:space:]]*[0-9]* ; serial$/d' -- "$1" | sha256sum)
            sum=${sum%% *}
            printf 'zone %s %s %s\n' "$1" "$sum" "$(sed -n 's/^[[:space:]]*\([0-9][0-9]*\) ; serial$/\1/p' -- "$1" | head -n 1)"
            if [ "$sum" != "$2" ] && [ "$(wc -c <"$1")" -le 262144 ]; then sed 's/^/ /' -- "$1"; echo; fi
          fi
          shift 2
        done
        """, Read);

    private static Dictionary<string, ZoneFileState> Read(Answer answer)
    {
        var zones = new Dictionary<string, ZoneFileState>(StringComparer.Ordinal);
        var lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < lines.Length;)
        {
            var words = lines[i].Split(' ');
            if (words is not ["zone", var path, var sum, var serial])
            {
                throw new FormatException($"a line out of place: {lines[i]}");
            }

            var text = lines.Skip(i + 1).TakeWhile(l => l.StartsWith(' ')).Select(l => l[1..] + "\n").ToList();
            zones[path] = new ZoneFileState(FileState.Missing)
            {
                Sha256WithoutSerial = sum,
                Serial = uint.TryParse(serial, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
                Text = text.Count == 0 ? null : string.Concat(text),
            };
            i += 1 + text.Count;
        }

        return zones;
    }
}
