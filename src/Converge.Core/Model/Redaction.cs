using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;

namespace Converge;

/// <summary>Takes the values of all secrets of this process out of text, and makes text of targets harmless for terminals.</summary>
public static class Redaction
{
    private static readonly ConcurrentDictionary<string, string> Masks = new(StringComparer.Ordinal);
    private static readonly Lock Learning = new();
    private static volatile KnownSecrets? _known;

    /// <summary>The forms that are known now; null: none are.</summary>
    internal static KnownSecrets? Known => _known ?? (Masks.IsEmpty ? null : Prepare());

    /// <summary>
    /// The text without any secret, nor its Base64, hexadecimal, URL, JSON, HTML or shell-quoted form, also where these go over lines. Secrets shorter
    /// than 4 characters are not looked for: masking them would shred innocent text and so give them away.
    /// </summary>
    public static string Mask(string text) => Known is { } known ? known.Mask(text) : text;

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
        if (value.Length < SecretForms.Shortest)
        {
            return;
        }

        var mask = secret.Mask;
        lock (Learning)
        {
            foreach (var form in SecretForms.Of(value))
            {
                // Made again when it is next needed: a script may have a thousand secrets.
                _known = Masks.TryAdd(form, mask) ? null : _known;
            }
        }
    }

    private static KnownSecrets Prepare()
    {
        lock (Learning)
        {
            return _known ??= new KnownSecrets(Masks);
        }
    }

    // Bidirectional overrides can make a line read as another; they count as control characters here.
    internal static bool IsUnsafe(char c) => (char.IsControl(c) && c is not ('\n' or '\t')) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
