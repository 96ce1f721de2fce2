using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Converge.Acceptance.Readme;

/// <summary>What the README tells its reader to type, and what it shows.</summary>
internal static partial class ReadmeText
{
    private static readonly string _text = File.ReadAllText(Path.Combine(Root, "README.md"));

    /// <summary>The folder in which its commands are typed.</summary>
    public static string Root => Find();

    /// <summary>The lines of its sh blocks, without their comments, in order.</summary>
    public static IEnumerable<string> Commands => Blocks("sh").SelectMany(b => b.Split('\n')).Select(l => Comment().Replace(l, "").Trim()).Where(l => l.Length > 0);

    /// <summary>The commands of its table of verbs that take a script.</summary>
    public static IEnumerable<string> Verbs => Verb().Matches(_text).Select(m => m.Groups[1].Value);

    /// <summary>Commands in the middle of its sentences.</summary>
    public static IEnumerable<string> InSentences => Inline().Matches(_text).Select(m => m.Groups[1].Value).Distinct();

    /// <summary>The block without a language that begins so.</summary>
    public static string Printed(string start) => Blocks("").Single(b => b.StartsWith(start, StringComparison.Ordinal));

    /// <summary>
    /// Whether a shortened example shows this text: a line <c>…</c> stands for any lines. The version of a Debian package changes with each security
    /// update, so any will do.
    /// </summary>
    public static bool Shows(string example, string text)
    {
        var lines = example.TrimEnd('\n').Split('\n').Select(l => l.Trim() == "…" ? "(?:.*\n)*?" : DebianVersion().Replace(Regex.Escape(l), @"\S*deb12\S*") + "\n");
        return Regex.IsMatch(text, $@"\A{string.Concat(lines)}\z");
    }

    private static IEnumerable<string> Blocks(string language) => Fence().Matches(_text).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value);

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Converge.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No Converge.sln above {here}.");
    }

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\s+# .*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\| `(converge \w+ SCRIPT[^`]*)`", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"(?<!`)`((?:\./|dotnet )[^`\n]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"\S*deb12\S*")]
    private static partial Regex DebianVersion();
}
