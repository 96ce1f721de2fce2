using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Planning;

/// <summary>
/// What a target said, for messages: data that may be huge or hostile. Secrets are masked before anything is cut, so that no cut shows a part of one.
/// </summary>
internal static class ToolWords
{
    /// <summary>Characters of a line; what is behind them is left out.</summary>
    public const int LongestLine = 1000;

    /// <summary>Lines of a message that quotes a target.</summary>
    public const int MostLines = 100;

    private const int LastLines = 20;

    /// <summary>The last lines of standard error, or of standard output where it is empty; at most 20.</summary>
    public static IReadOnlyList<string> Last(Answer? answer)
    {
        var words = answer is null ? "" : answer.Error.Trim().Length > 0 ? answer.Error : answer.Text;
        return [.. Lines(Whole(Redaction.Mask(words))).TakeLast(LastLines).Select(Cut)];
    }

    /// <summary>The same in one line.</summary>
    public static string OneLine(Answer? answer) => Cut(string.Join(' ', Last(answer).Select(l => l.Trim())));

    /// <summary>A text that may quote a target, with an end.</summary>
    public static string Capped(string text)
    {
        if (text.Length <= LongestLine)
        {
            return text;
        }

        var lines = Redaction.Mask(text).Split('\n');
        return string.Join('\n', lines.Take(MostLines).Select(Cut).Concat(lines.Length > MostLines ? [$"({lines.Length - MostLines} more lines)"] : Array.Empty<string>()));
    }

    /// <summary>A value in one line, with an end.</summary>
    public static string Cut(string line) => line.Length <= LongestLine ? line : line[..LongestLine] + "…";

    // Behind what was left out may stand the end of a secret that nobody recognizes any more.
    private static string Whole(string words)
    {
        var gap = words.LastIndexOf(CutMark, StringComparison.Ordinal);
        return gap < 0 ? words : words[gap..].Split('\n') is [var mark, _, .. var rest] ? string.Join('\n', [mark, .. rest]) : "";
    }

    /// <summary>How the line begins that stands for what was left out of an answer.</summary>
    public const string CutMark = "(truncated: ";

    private static IEnumerable<string> Lines(string words) => words.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0);
}
