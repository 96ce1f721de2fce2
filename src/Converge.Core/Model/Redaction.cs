using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Converge;

/// <summary>Takes the values of all secrets of this process out of text, and makes text of targets harmless for terminals.</summary>
public static class Redaction
{
    // Masking a value this short would shred innocent text and so give the secret away rather than hide it.
    private const int ShortestMasked = 4;

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);
    private static volatile IReadOnlyList<KeyValuePair<string, string>> _longestFirst = [];

    /// <summary>The text without any secret, nor its Base64 or URL-encoded form; secrets shorter than 4 characters are not looked for.</summary>
    public static string Mask(string text)
    {
        foreach (var (value, mask) in _longestFirst)
        {
            text = text.Replace(value, mask, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary><see cref="Mask"/>, and control characters other than newline and tab become visible pictures: a target cannot steer the terminal.</summary>
    public static string Clean(string text)
    {
        var masked = Mask(text).ReplaceLineEndings("\n");
        if (!masked.Any(IsUnsafe))
        {
            return masked;
        }

        return string.Concat(masked.Select(c => !IsUnsafe(c) ? c : c < ' ' ? (char)(0x2400 + c) : '\uFFFD'));
    }

    internal static void Learn(Secret secret, string value)
    {
        if (value.Length < ShortestMasked)
        {
            return;
        }

        string[] forms = [value, Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).TrimEnd('='), Uri.EscapeDataString(value)];
        foreach (var form in forms)
        {
            Known.TryAdd(form, secret.Mask);
        }

        _longestFirst = [.. Known.OrderByDescending(k => k.Key.Length)];
    }

    // Bidirectional overrides can make a line read as another; they count as control characters here.
    private static bool IsUnsafe(char c) => (char.IsControl(c) && c is not ('\n' or '\t')) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
