using System;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>Words of nginx's configuration language.</summary>
internal static partial class NginxText
{
    /// <summary>One argument of a directive; variables such as <c>$host</c> keep their meaning, nothing else has any.</summary>
    public static string Word(string text) => PlainWord().IsMatch(text) ? text : $"\"{Escaped(text)}\"";

    /// <summary>Why a value cannot be an argument; null when it can.</summary>
    public static string? WhyNot(string what, string text) =>
        text.AsSpan().ContainsAny('\n', '\r', '\0') ? $"{what} \"{Shown(text)}\" has a line break or NUL character" : null;

    /// <summary>On one line, for messages.</summary>
    public static string Shown(string text) => text.ReplaceLineEndings(" ").Replace('\0', ' ');

    /// <summary>A host name, one with a leading or trailing wildcard, <c>_</c>, or a regular expression after <c>~</c>.</summary>
    public static bool IsServerName(string text) => ServerName().IsMatch(text);

    public static bool IsHeaderName(string text) => HeaderName().IsMatch(text);

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z0-9_./:@%+=,*$?&-]+\z")]
    private static partial Regex PlainWord();

    [GeneratedRegex(@"\A(~[^\r\n\0]+|_|(\*\.|\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?(\.\*)?)\z")]
    private static partial Regex ServerName();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z")]
    private static partial Regex HeaderName();
}
