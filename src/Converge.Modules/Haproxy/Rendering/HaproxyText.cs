using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>Writes values the way haproxy.cfg wants them (HAProxy configuration manual, sections 2.2 "Quoting and escaping" and 2.5 "Time format").</summary>
internal static partial class HaproxyText
{
    // Timers are kept in 31 bits of milliseconds; HAProxy refuses more as "timer overflow".
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>One word that HAProxy reads back as exactly <paramref name="text"/>: between single quotes nothing is special.</summary>
    public static string Word(string text) => PlainWord().IsMatch(text) ? text : $"'{Escape(text)}'";

    /// <summary>One word that may hold line breaks, for bodies of answers: outside quotes <c>\n</c> is a line break.</summary>
    public static string Body(string text) =>
        $"'{Escape(text).Replace("\r", @"'\r'", StringComparison.Ordinal).Replace("\n", @"'\n'", StringComparison.Ordinal)}'";

    /// <summary>Words with blanks between them, each quoted where needed.</summary>
    public static string Words(IEnumerable<string> words) => string.Join(' ', words.Select(Word));

    /// <summary>One word with a secret at its end: <c>'admin:…'</c>.</summary>
    public static Content SecretWord(string prefix, Secret secret)
    {
        var value = secret.Reveal();
        var quotable = value.Contains('\'') ? Secret.FromValue(secret.Name, Escape(value)) : secret;
        return Content.Text($"'{Escape(prefix)}{quotable}'");
    }

    /// <summary>The exact time in its largest unit: <c>5s</c>, <c>1500ms</c>, <c>2h</c>.</summary>
    /// <param name="time">More than zero, less than 24 days.</param>
    /// <param name="what">Names it in the message.</param>
    public static string Time(TimeSpan time, string what = "a time") => time switch
    {
        _ when time <= TimeSpan.Zero || time > LongestTimer => throw new ConvergeException(
            $"{what} of {time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)} ms is none that HAProxy can keep: more than zero and less than 24 days"),
        _ when time.Ticks % TimeSpan.TicksPerMillisecond != 0 => $"{time.Ticks / TimeSpan.TicksPerMicrosecond}us",
        _ when time.Ticks % TimeSpan.TicksPerSecond != 0 => $"{time.Ticks / TimeSpan.TicksPerMillisecond}ms",
        _ when time.Ticks % TimeSpan.TicksPerMinute != 0 => $"{time.Ticks / TimeSpan.TicksPerSecond}s",
        _ when time.Ticks % TimeSpan.TicksPerHour != 0 => $"{time.Ticks / TimeSpan.TicksPerMinute}m",
        _ => $"{time.Ticks / TimeSpan.TicksPerHour}h",
    };

    /// <summary>Whether HAProxy takes it as the name of a section, server or ACL.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>Whether a line would end early, or take in a second one.</summary>
    public static bool BreaksLine(Content line) => Encoding.UTF8.GetString(line.Resolve(null).Span).AsSpan().IndexOfAny('\n', '\r', '\0') >= 0;

    private static string Escape(string text) => text.Replace("'", @"'\''", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z0-9_@%+=:,./*!?&<>()\[\]|~^;-]+\z")]
    private static partial Regex PlainWord();

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]+\z")]
    private static partial Regex Name();
}
