using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using Converge.Planning;
using Converge.Sessions.Shell;
using CsCheck;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Model;

public sealed class RedactionTests
{
    private const string Value = "tr0ub4dor&3 'quoted' \"x\"/+?";

    // Of each test's own instance: a static field may be left alone until somebody reads it, and then nothing knows the value.
    private readonly Secret _secret = Secret.FromValue("REDACTED", Value);
    private readonly Secret _key = Secret.FromValue("KEY", "-----BEGIN KEY-----\nc2VjcmV0IGxpbmUgb25l\nc2VjcmV0IGxpbmUgdHdv\n-----END KEY-----\n");

    public static TheoryData<string, string> Forms => new()
    {
        { "plain", Value },
        { "base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(Value)) },
        { "base64 of echo", Convert.ToBase64String(Encoding.UTF8.GetBytes(Value + "\n")) },
        { "base64 behind a user", Convert.ToBase64String(Encoding.UTF8.GetBytes("a:" + Value))[3..] },
        { "base64url", Convert.ToBase64String(Encoding.UTF8.GetBytes(Value)).Replace('+', '-').Replace('/', '_') },
        { "hex", Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Value)) },
        { "HEX", Convert.ToHexString(Encoding.UTF8.GetBytes(Value)) },
        { "URL", Uri.EscapeDataString(Value) },
        { "form", WebUtility.UrlEncode(Value) },
        { "JSON", JsonSerializer.Serialize(Value) },
        { "shell", Value.Replace("'", "'\\''", StringComparison.Ordinal) },
        { "SQL", Value.Replace("'", "''", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_secret_is_masked_in_every_usual_encoding(string name, string form)
    {
        var masked = Redaction.Mask($"<{form}>");

        Assert.Contains(_secret.Mask, masked, StringComparison.Ordinal);
        Assert.True(masked.Length <= _secret.Mask.Length + 6, $"{name}: {masked}");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Also_where_a_tool_breaks_it_over_indented_lines(string name, string form)
    {
        for (var width = 5; width < form.Length; width++)
        {
            var wrapped = string.Join("\n    ", form.Chunk(width).Select(c => new string(c)));

            Assert.True(Redaction.Mask(wrapped).Replace(_secret.Mask, "", StringComparison.Ordinal).Replace("\n    ", "", StringComparison.Ordinal).Length <= 5, $"{name}: {Redaction.Mask(wrapped)}");
        }
    }

    [Fact]
    public void Each_line_of_a_key_is_a_secret_but_what_says_that_it_is_a_key()
    {
        Assert.Equal($"-----BEGIN KEY-----\n{_key.Mask}!", Redaction.Mask("-----BEGIN KEY-----\nc2VjcmV0IGxpbmUgdHdv!"));
        Assert.Equal($"<{_key.Mask}\n>", Redaction.Mask($"<{_key.Reveal()}>"));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Lines_that_come_one_by_one_show_at_most_three_characters(string name, string form)
    {
        for (var width = 3; width < form.Length; width++)
        {
            var told = Lines(string.Join('\n', form.Chunk(width).Select(c => new string(c)).Prepend("before").Append("behind")));

            Assert.Equal(("before", "behind"), (told[0], told[^1]));
            var shown = string.Concat(told[1..^1]).Replace(_secret.Mask, "", StringComparison.Ordinal);
            Assert.True(shown.Length <= 3 + 3, $"{name} at {width}: {shown}");
        }
    }

    [Fact]
    public void Innocent_lines_are_told_at_once()
    {
        var told = new List<string>();
        var lines = new OutputLines(told.Add);

        lines.Write("Setting up nginx ...\n"u8);

        Assert.Equal(["Setting up nginx ..."], told);
    }

    [Fact]
    public void A_long_line_is_cut_behind_1000_characters_and_never_within_a_secret()
    {
        for (var before = 970; before < 1000; before++)
        {
            var line = Assert.Single(Lines(new string('x', before) + Value + new string('y', 5000)));

            Assert.InRange(line.Length, 1, 1001);
            Assert.DoesNotContain("tr0", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Any_text_around_a_secret_stays_as_it_is()
    {
        var innocent = Gen.Char['a', 'f'].Array[0, 30].Select(c => new string(c));
        Gen.Select(innocent, innocent).Sample((before, behind) => Assert.Equal($"{before}{_secret.Mask}{behind}", Redaction.Mask(before + Value + behind)), iter: 500);
    }

    [Fact]
    public void A_message_quotes_the_last_20_lines_with_1000_characters_each_and_no_part_of_a_secret()
    {
        var output = string.Join('\n', Enumerable.Range(0, 30).Select(i => $"{i} {new string('z', 990 + i)}{Value}"));

        var lines = ToolWords.Last(Answer.FromText(output));

        Assert.Equal(20, lines.Count);
        Assert.All(lines, l => Assert.InRange(l.Length, 1, 1001));
        Assert.DoesNotContain("tr0", string.Concat(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_behind_a_gap_in_the_output_may_be_the_end_of_a_secret()
    {
        var lines = ToolWords.Last(Answer.FromText("", $"head\n{ToolWords.CutMark}9 bytes left out)\n{Value[10..]}\nlast\n"));

        Assert.Equal([$"{ToolWords.CutMark}9 bytes left out)", "last"], lines);
    }

    private static List<string> Lines(string text)
    {
        var told = new List<string>();
        var output = new ItemOutput(0, Sh("true"), null, told.Add);
        output.Write(Encoding.UTF8.GetBytes(text));
        output.End(0, null, null);
        return told;
    }
}
