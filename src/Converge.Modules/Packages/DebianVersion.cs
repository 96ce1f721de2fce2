using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>Debian version numbers: order as in <c>deb-version(7)</c>, and patterns with <c>*</c>.</summary>
internal static class DebianVersion
{
    /// <summary>Less than 0 when <paramref name="one"/> is older than <paramref name="other"/>.</summary>
    public static int Compare(string one, string other)
    {
        var (epoch1, upstream1, revision1) = Split(one);
        var (epoch2, upstream2, revision2) = Split(other);
        return (epoch1.CompareTo(epoch2), ComparePart(upstream1, upstream2), ComparePart(revision1, revision2)) switch
        {
            (not 0 and var byEpoch, _, _) => byEpoch,
            (_, not 0 and var byUpstream, _) => byUpstream,
            var (_, _, byRevision) => byRevision,
        };
    }

    /// <summary>Whether a version is the wanted one; <c>*</c> stands for any characters.</summary>
    public static bool Matches(string version, string pattern) =>
        Regex.IsMatch(version, $@"\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.CultureInvariant);

    private static (int Epoch, string Upstream, string Revision) Split(string version)
    {
        var colon = version.IndexOf(':');
        var dash = version.LastIndexOf('-');
        return (
            colon < 0 ? 0 : int.Parse(version.AsSpan(0, colon), CultureInfo.InvariantCulture),
            version[(colon + 1)..(dash < 0 ? version.Length : dash)],
            dash < 0 ? "" : version[(dash + 1)..]);
    }

    // Alternating runs: what is no digit by its letters, then digits by their value.
    private static int ComparePart(string one, string other)
    {
        for (int i = 0, j = 0; i < one.Length || j < other.Length;)
        {
            while ((i < one.Length && !char.IsAsciiDigit(one[i])) || (j < other.Length && !char.IsAsciiDigit(other[j])))
            {
                var order = Weight(one, i) - Weight(other, j);
                if (order != 0)
                {
                    return order;
                }

                i++;
                j++;
            }

            var (digits1, digits2) = (Digits(one, ref i), Digits(other, ref j));
            var byValue = digits1.Length != digits2.Length ? digits1.Length - digits2.Length : string.CompareOrdinal(digits1, digits2);
            if (byValue != 0)
            {
                return byValue;
            }
        }

        return 0;
    }

    // A tilde comes before everything, even the end; letters come before other signs.
    private static int Weight(string text, int i) => i >= text.Length || char.IsAsciiDigit(text[i])
        ? 0
        : text[i] switch
        {
            '~' => -1,
            var c when char.IsAsciiLetter(c) => c,
            var c => c + 256,
        };

    private static string Digits(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            i++;
        }

        return text[start..i].TrimStart('0');
    }
}
