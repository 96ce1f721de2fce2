using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Converge;

/// <summary>The ways in which tools write a value: as it is, and as the usual encodings have it.</summary>
internal static class SecretForms
{
    /// <summary>A form that is shorter than this is found in innocent text, and would shred it.</summary>
    public const int Shortest = 4;

    // Encoded short values look like any other short word.
    private const int ShortestEncoded = 6;

    // Shorter lines of a longer secret, such as a closing brace, are no secret by themselves.
    private const int ShortestLine = 12;

    /// <summary>Each form once.</summary>
    public static IEnumerable<string> Of(string value) => Plain(value)
        .Concat(Encoded(value).Where(f => f.Length >= ShortestEncoded))
        .Where(f => f.Length >= Shortest)
        .Distinct(StringComparer.Ordinal);

    // Tools show single lines of a key or a certificate, too; its first and last say only what it is.
    private static IEnumerable<string> Plain(string value) => value.AsSpan().Trim().Contains('\n')
        ? value.Split('\n').Select(l => l.Trim()).Where(l => l.Length >= ShortestLine && !l.StartsWith("-----", StringComparison.Ordinal)).Prepend(value)
        : [value];

    private static IEnumerable<string> Encoded(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return Base64(bytes)
            .SelectMany(f => new[] { f, f.Replace('+', '-').Replace('/', '_') })
            .Concat([Convert.ToHexStringLower(bytes), Convert.ToHexString(bytes)])
            .Concat(Url(value))
            .Concat([JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value), JavaScriptEncoder.Default.Encode(value), WebUtility.HtmlEncode(value)])
            .Concat([value.Replace("'", "'\\''", StringComparison.Ordinal), value.Replace("'", "''", StringComparison.Ordinal)]);
    }

    // Alone, with the newline of echo, and the characters that are the same wherever the value stands in what was encoded: user:password, a whole file.
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        foreach (var whole in new[] { bytes, [.. bytes, (byte)'\n'] })
        {
            yield return Convert.ToBase64String(whole);
            yield return Convert.ToBase64String(whole).TrimEnd('=');
        }

        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var (start, end) = (((8 * before) + 5) / 6, 8 * (before + bytes.Length) / 6);
            yield return text[start..end];
        }
    }

    private static IEnumerable<string> Url(string value)
    {
        foreach (var form in new[] { Uri.EscapeDataString(value), WebUtility.UrlEncode(value) })
        {
            yield return form;
            yield return string.Concat(form.Split('%').Select((piece, i) => i == 0 ? piece : "%" + piece[..2].ToLowerInvariant() + piece[2..]));
        }
    }
}
