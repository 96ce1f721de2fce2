using System.Text.RegularExpressions;

namespace Converge;

/// <summary>The one place where text becomes a word of a POSIX shell.</summary>
public static partial class ShellQuote
{
    /// <summary>One word that any POSIX shell reads back as exactly <paramref name="text"/>.</summary>
    /// <exception cref="ConvergeException">The text has a NUL character, which no argument can carry.</exception>
    public static string Word(string text) => text.Contains('\0')
        ? throw new ConvergeException("an argument contains a NUL character", "Program arguments cannot carry NUL: pass the bytes as file content or standard input.")
        : $"'{text.Replace("'", @"'\''", System.StringComparison.Ordinal)}'";

    /// <summary>Like <see cref="Word"/>, but leaves plain words bare: for people, and safe to paste.</summary>
    public static string ForReading(string text) => PlainWord().IsMatch(text) ? text : Word(text);

    [GeneratedRegex(@"\A[A-Za-z0-9_@%+=:,./-]+\z")]
    private static partial Regex PlainWord();
}
