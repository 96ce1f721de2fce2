using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Converge.Core.Tests.Planning;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Equal_texts_have_no_diff() => Assert.Equal("", UnifiedDiff.Of("a\nb\n", "a\nb\n", "/x"));

    [Fact]
    public void Three_lines_are_shown_around_a_change() =>
        Assert.Equal(
            """
            --- /etc/x
            +++ /etc/x
            @@ -2,7 +2,7 @@
             2
             3
             4
            -5
            +five
             6
             7
             8

            """,
            UnifiedDiff.Of("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "/etc/x"));

    [Fact]
    public void Changes_far_apart_get_hunks_of_their_own() =>
        Assert.Equal(
            "@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -7,3 +6,4 @@\n 7\n 8\n 9\n+10\n",
            UnifiedDiff.Of("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "2\n3\n4\n5\n6\n7\n8\n9\n10\n"));

    [Fact]
    public void A_new_and_an_empty_file_are_numbered_as_diff_numbers_them()
    {
        Assert.Equal("@@ -0,0 +1,2 @@\n+a\n+b\n", UnifiedDiff.Of("", "a\nb\n"));
        Assert.Equal("@@ -1 +0,0 @@\n-a\n", UnifiedDiff.Of("a\n", ""));
    }

    [Fact]
    public void A_missing_final_newline_is_a_difference() =>
        Assert.Equal("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n", UnifiedDiff.Of("a", "a\n"));

    [Fact]
    public void Control_characters_cannot_steer_the_terminal_and_line_ends_of_Windows_show() =>
        Assert.Equal("@@ -1 +1 @@\n-a␛[31m\n+a␍\n", UnifiedDiff.Of("a\u001b[31m\n", "a\r\n"));

    [Fact]
    public void Whatever_the_texts_the_diff_leads_from_one_to_the_other()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var (before, after) = (Lines(random), Lines(random));

            Assert.Equal(after, Patched(before, UnifiedDiff.Of(before, after)));
        }
    }

    private static string Lines(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => $"{random.Next(6)}\n")) + (random.Next(4) == 0 ? "end" : "");

    // A small patch(1): keeps what no hunk speaks of, checks that removed and kept lines are there.
    private static string Patched(string before, string diff)
    {
        var old = Split(before);
        var result = new List<string>();
        var at = 0;
        foreach (var line in Split(diff.Replace("\n\\ No newline at end of file\n", "\0\n", StringComparison.Ordinal)).Select(l => l.Replace("\0\n", "", StringComparison.Ordinal)))
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                var range = line.Split(' ')[1][1..].Split(',');
                var start = int.Parse(range[0], CultureInfo.InvariantCulture) - (range is [_, "0"] ? 0 : 1);
                result.AddRange(old[at..start]);
                at = start;
            }
            else if (line[0] == '+')
            {
                result.Add(line[1..]);
            }
            else
            {
                Assert.Equal(old[at++], line[1..]);
                result.AddRange(line[0] == ' ' ? [line[1..]] : Array.Empty<string>());
            }
        }

        return string.Concat(result.Concat(old[at..]));
    }

    private static List<string> Split(string text) => [.. text.Split('\n').SkipLast(1).Select(line => line + "\n"), .. text.Split('\n')[^1] is { Length: > 0 } last ? new[] { last } : []];
}
