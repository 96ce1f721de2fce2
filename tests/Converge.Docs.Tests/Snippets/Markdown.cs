using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Converge.Docs.Tests.Snippets;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Language">What stands behind the fence; empty for plain text.</param>
/// <param name="Text">Without the indentation of the fence.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Before">The line of text before it.</param>
internal sealed record Block(string Language, string Text, int Line, string Before);

internal static partial class Markdown
{
    public static IEnumerable<Block> Blocks(string document) => Fence().Matches(document).Select(m => new Block(
        m.Groups["language"].Value,
        string.Join('\n', m.Groups["text"].Value.Split('\n').Select(l => l.StartsWith(m.Groups["indent"].Value, System.StringComparison.Ordinal) ? l[m.Groups["indent"].Length..] : l)),
        document[..m.Index].Count(c => c == '\n') + 1,
        document[..m.Index].TrimEnd().Split('\n')[^1]));

    /// <summary>The cells of each row below a head, without the backquotes and escapes of code.</summary>
    public static IEnumerable<IReadOnlyList<string>> Table(string document, string head) =>
        document[document.IndexOf(head, System.StringComparison.Ordinal)..].Split('\n').Skip(2).TakeWhile(l => l.StartsWith('|'))
            .Select(l => Cell().Split(l.Trim().Trim('|')).Select(c => c.Trim().Trim('`').Replace("\\|", "|", System.StringComparison.Ordinal)).ToList());

    [GeneratedRegex(@"^(?<indent> *)```(?<language>\w*)\n(?<text>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Cell();
}
