using System;
using System.Collections.Generic;
using System.Text;

namespace Converge.Sessions.Ssh;

/// <summary>One setting of an ssh_config. Keywords are lower case.</summary>
internal sealed record SshConfigLine(string Keyword, IReadOnlyList<string> Arguments, int Number)
{
    /// <summary>Reads a file's text. Odd input gives odd settings, never an error: ssh's own checks are the place for those.</summary>
    public static IReadOnlyList<SshConfigLine> ParseAll(string text)
    {
        var lines = new List<SshConfigLine>();
        var number = 0;
        foreach (var line in text.Replace("\0", "", StringComparison.Ordinal).Split('\n'))
        {
            number++;
            var words = Words(line.Trim());
            if (words is [var keyword, .. var arguments] && !keyword.StartsWith('#'))
            {
                lines.Add(new SshConfigLine(keyword.ToLowerInvariant(), arguments, number));
            }
        }

        return lines;
    }

    // Words are separated by blanks, the keyword also by one equals sign; double quotes keep blanks; # at the start of a word begins a comment.
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        for (var i = 0; i < line.Length;)
        {
            if (char.IsWhiteSpace(line[i]) || (words.Count == 1 && line[i] == '='))
            {
                i++;
            }
            else if (line[i] == '#' && words.Count > 0)
            {
                break;
            }
            else
            {
                words.Add(Word(line, ref i, isKeyword: words.Count == 0));
            }
        }

        return words;
    }

    private static string Word(string line, ref int i, bool isKeyword)
    {
        var word = new StringBuilder();
        var quoted = false;
        for (; i < line.Length && (quoted || !(char.IsWhiteSpace(line[i]) || (isKeyword && line[i] == '='))); i++)
        {
            if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else
            {
                word.Append(line[i]);
            }
        }

        return word.ToString();
    }
}
