using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>Names that MySQL and MariaDB give to things.</summary>
internal static partial class MySqlName
{
    private const int LongestIdentifier = 64;

    /// <summary>What is wrong with the name of a database, table or column.</summary>
    public static IEnumerable<string> Mistakes(string what, string name)
    {
        if (name.Length is 0 or > LongestIdentifier)
        {
            yield return $"the name of a {what} has 1 to {LongestIdentifier} characters, \"{name}\" has {name.Length}";
        }

        if (name.EndsWith(' ') || name.Contains('\0'))
        {
            yield return $"the name of a {what} cannot end with a blank or contain NUL";
        }
    }

    /// <summary>A plain word, as names of character sets, collations and plugins are.</summary>
    public static bool IsWord(string text) => Word().IsMatch(text);

    /// <summary>utf8 has become an alias of utf8mb3, and servers differ in which they show.</summary>
    public static string? Charset(string? name) => name?.ToLowerInvariant() is "utf8" or "utf8mb3" ? "utf8mb3" : name?.ToLowerInvariant();

    /// <summary>See <see cref="Charset"/>.</summary>
    public static string? Collation(string? name)
    {
        var lower = name?.ToLowerInvariant();
        return lower is not null && lower.StartsWith("utf8_", StringComparison.Ordinal) ? $"utf8mb3_{lower[5..]}" : lower;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_]+\z")]
    private static partial Regex Word();
}
