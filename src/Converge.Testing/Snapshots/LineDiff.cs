using System;
using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Converge.Testing;

/// <summary>Lines that differ, with three lines around them.</summary>
internal static class LineDiff
{
    private const int Around = 3;

    public static string Of(string expected, string actual)
    {
        var lines = new InlineDiffBuilder(new Differ()).BuildDiffModel(expected, actual, ignoreWhitespace: false).Lines;
        var text = new StringBuilder();
        var lastShown = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            if (!ChangesNear(lines, i))
            {
                continue;
            }

            text.Append(i > lastShown + 1 ? "  …\n" : "").Append(Prefix(lines[i].Type)).Append(lines[i].Text).Append('\n');
            lastShown = i;
        }

        // Lines are equal where only the final newline differs.
        return text.Length > 0 ? text.ToString() : "  only the newline at the end differs\n";
    }

    private static bool ChangesNear(System.Collections.Generic.List<DiffPiece> lines, int index)
    {
        for (var i = Math.Max(0, index - Around); i <= Math.Min(lines.Count - 1, index + Around); i++)
        {
            if (lines[i].Type != ChangeType.Unchanged)
            {
                return true;
            }
        }

        return false;
    }

    private static string Prefix(ChangeType type) => type switch
    {
        ChangeType.Deleted => "- ",
        ChangeType.Inserted => "+ ",
        _ => "  ",
    };
}
