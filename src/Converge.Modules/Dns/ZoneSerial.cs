using System;
using System.Globalization;
using System.Linq;

namespace Converge.Modules;

/// <summary>Serials of zones: 32 bits that go round (RFC 1982).</summary>
internal static class ZoneSerial
{
    /// <summary>The serial of a changed zone: ahead of the current one and not behind the floor.</summary>
    /// <param name="current">Null: there is no zone yet.</param>
    /// <param name="floor">0: none.</param>
    public static uint Next(uint? current, uint floor)
    {
        // 0 is left out, as BIND does: some secondaries take it for "no serial".
        var next = current is { } serial ? unchecked(serial + 1) is var raised && raised == 0 ? 1 : raised : 1;
        return floor != 0 && (current is null ? floor > next : IsAhead(floor, next)) ? floor : next;
    }

    /// <summary>Whether a secondary that has <paramref name="other"/> would fetch <paramref name="serial"/>.</summary>
    public static bool IsAhead(uint serial, uint other) => unchecked(serial - other) is > 0 and < 0x8000_0000;

    /// <summary>The serial in the text of any zone file, also one that was written by hand; null when there is none to be found.</summary>
    public static uint? Find(string zoneFile)
    {
        var words = zoneFile.Split('\n').SelectMany(l => l.Split(';')[0].Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w is not ("(" or ")"));
        var serial = words.SkipWhile(w => !w.Equals("SOA", StringComparison.OrdinalIgnoreCase)).Skip(3).FirstOrDefault();
        return uint.TryParse(serial, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
