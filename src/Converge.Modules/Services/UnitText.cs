using System;
using System.Collections.Generic;
using System.Text;

namespace Converge.Modules;

/// <summary>
/// Checks the form of a unit file before any host is touched. What the settings mean only systemd knows: it ignores names that it does not know
/// with a warning, and <c>systemd-analyze verify</c> fails where a program is not installed yet, so that it cannot be the judge.
/// </summary>
internal static class UnitText
{
    public static IEnumerable<string> Mistakes(Content content)
    {
        var section = false;
        var continued = false;
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(content.Render(null)).Split('\n'))
        {
            number++;
            var text = line.Trim();
            if (text.Length > 0 && text[0] is ('#' or ';'))
            {
                // A comment does not end the line that it stands in the middle of.
                continue;
            }

            var rest = continued;
            continued = text.EndsWith('\\');
            if (rest || text.Length == 0)
            {
                continue;
            }

            if (text[0] == '[' && text[^1] == ']')
            {
                section = true;
            }
            else if (text.IndexOf('=', StringComparison.Ordinal) <= 0)
            {
                yield return $"line {number} of Content is neither a [Section] nor a Name=value: {text}";
            }
            else if (!section)
            {
                yield return $"line {number} of Content stands before the first [Section]: {text}";
                section = true;
            }
        }

        if (!section)
        {
            yield return "Content has no [Section]";
        }
    }
}
