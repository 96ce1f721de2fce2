using System;
using System.Collections.Generic;

namespace Converge.Scripts;

/// <summary>
/// Finds <c>#load</c> and <c>#r</c> in script text without a compiler. May find one too many (in a comment or an untaken <c>#if</c>), which
/// only makes the cache key stricter, but never one too few: a directive stands first on its line.
/// </summary>
internal static class Directives
{
    // C# 14, section 6.3.3: what ends a line.
    private static readonly char[] LineEnds = ['\r', '\n', '\u0085', '\u2028', '\u2029'];

    public static IEnumerable<(bool IsLoad, string Path)> Find(string text)
    {
        foreach (var line in text.Split(LineEnds, StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = line.TrimStart();
            if (!rest.StartsWith('#'))
                continue;

            rest = rest[1..].TrimStart();
            var isLoad = rest.StartsWith("load", StringComparison.Ordinal);
            if ((isLoad || rest.StartsWith('r')) && Quoted(rest) is { } path)
                yield return (isLoad, path);
        }
    }

    private static string? Quoted(string text)
    {
        var start = text.IndexOf('"') + 1;
        var end = start > 0 ? text.IndexOf('"', start) : -1;
        return end > start && !text[start..end].Contains('\0') ? text[start..end] : null;
    }
}
