using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Live values of kernel parameters.</summary>
internal static class SysctlQuestion
{
    // The shell's read takes one byte at a time, of which the kernel answers only the first for a number: "6" for 60. grep reads at once.
    private const string Script = """
        grep -Hs '' -- "$@"
        [ "$?" -le 2 ]
        """;

    private static readonly Question<IReadOnlyDictionary<string, string>> _question = new("sysctl", Script, Read);

    /// <summary>The value with single blanks; null when the kernel has no such parameter.</summary>
    public static Query<string?> Ask(string key) => _question.Ask(PathOf(key)).Select(values => values.GetValueOrDefault(PathOf(key)));

    public static IReadOnlyDictionary<string, string> Read(Answer answer) =>
        answer.RequireSuccess("reading kernel parameters").Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2)).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => SingleBlanks(pair[1]), StringComparer.Ordinal);

    /// <summary>Several numbers are separated by tabs in the kernel and by blanks in people's files.</summary>
    public static string SingleBlanks(string value) => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Where the kernel shows it: of dot and slash, the one that comes first separates, the other is part of names (sysctl.d(5)).</summary>
    public static string PathOf(string key) => "/proc/sys/" + (SlashesSeparate(key) ? key : Swapped(key));

    /// <summary>With dots as separators.</summary>
    public static string Dotted(string key) => SlashesSeparate(key) ? Swapped(key) : key;

    private static bool SlashesSeparate(string key) => key.AsSpan().IndexOfAny('.', '/') is >= 0 and var first && key[first] == '/';

    private static string Swapped(string key) => string.Concat(key.Select(c => c switch { '.' => '/', '/' => '.', _ => c }));
}
