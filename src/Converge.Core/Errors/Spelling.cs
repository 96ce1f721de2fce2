using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge;

/// <summary>Finds what a mistyped name was probably meant to be.</summary>
public static class Spelling
{
    private const int LongestName = 64;

    /// <summary><c>did you mean lb1?</c>, or null when nothing comes near.</summary>
    public static string? Suggest(string typed, IEnumerable<string> known) =>
        Nearest(typed, known) is { } name ? $"did you mean {name}?" : null;

    /// <summary>The known name with the fewest slips (a letter wrong, missing, doubled or swapped; upper case does not count), null when none is near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        // One slip for every three letters: "dbb" finds "db1", and no short word finds every other short word.
        var limit = Math.Max(1, typed.Length / 3);
        return known.Distinct()
            .Where(name => name != typed && Math.Abs(name.Length - typed.Length) <= limit && name.Length <= LongestName)
            .Select(name => (Name: name, Slips: Slips(typed.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Slips <= limit && candidate.Slips < typed.Length)
            .OrderBy(candidate => candidate.Slips).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>Edit distance in which swapping two neighbours is one slip (optimal string alignment).</summary>
    private static int Slips(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Best(table, a, b, i, j);
            }
        }

        return table[a.Length, b.Length];
    }

    private static int Best(int[,] table, string a, string b, int i, int j)
    {
        var replaced = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var best = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
    }
}
