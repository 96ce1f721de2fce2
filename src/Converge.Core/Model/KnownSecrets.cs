using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Converge;

/// <summary>All forms of all secrets that were known at one moment, made for being looked for.</summary>
internal sealed class KnownSecrets
{
    // Shorter forms are looked for as they are: innocent words without their blanks read as one of them too easily.
    private const int ShortestJoined = 8;

    // Of a secret that goes over lines, this many characters at the end of a line make it wait for the next one.
    private const int ShortestBeginning = 4;

    private readonly IReadOnlyList<(string Form, string Mask)> _joined;
    private readonly IReadOnlyList<(string Form, string Mask)> _short;
    private readonly SearchValues<string> _anyJoined;
    private readonly SearchValues<string> _anyShort;
    private readonly Dictionary<string, List<string>> _byBeginning;

    public KnownSecrets(IEnumerable<KeyValuePair<string, string>> masks)
    {
        var forms = masks.Select(m => (Form: m.Key, Joined: new JoinedText(m.Key).Text, Mask: m.Value)).ToList();
        _joined = [.. forms.Where(f => f.Joined.Length >= ShortestJoined).DistinctBy(f => f.Joined).OrderByDescending(f => f.Joined.Length).Select(f => (f.Joined, f.Mask))];
        _short = [.. forms.Where(f => f.Joined.Length < ShortestJoined).OrderByDescending(f => f.Form.Length).Select(f => (f.Form, f.Mask))];
        _anyJoined = SearchValues.Create([.. _joined.Select(f => f.Form)], StringComparison.Ordinal);
        _anyShort = SearchValues.Create([.. _short.Select(f => f.Form)], StringComparison.Ordinal);
        _byBeginning = _joined.GroupBy(f => f.Form[..ShortestBeginning]).ToDictionary(g => g.Key, g => g.Select(f => f.Form).ToList());
    }

    /// <summary>The text from a place on, with its secrets masked, also those that begin before that place.</summary>
    public string Mask(string text, int from = 0)
    {
        var joined = new JoinedText(text);
        var (anyJoined, anyShort) = (joined.Text.AsSpan().ContainsAny(_anyJoined), text.AsSpan().ContainsAny(_anyShort));
        if (!anyJoined && !anyShort)
        {
            return text[from..];
        }

        var masks = new string?[text.Length];
        foreach (var (form, mask) in anyJoined ? _joined : [])
        {
            for (var at = joined.Text.IndexOf(form, StringComparison.Ordinal); at >= 0; at = joined.Text.IndexOf(form, at + 1, StringComparison.Ordinal))
            {
                Cover(masks, joined[at], joined[at + form.Length - 1], mask);
            }
        }

        foreach (var (form, mask) in anyShort ? _short : [])
        {
            for (var at = text.IndexOf(form, StringComparison.Ordinal); at >= 0; at = text.IndexOf(form, at + 1, StringComparison.Ordinal))
            {
                Cover(masks, at, at + form.Length - 1, mask);
            }
        }

        return Masked(text, masks, from);
    }

    /// <summary>The end of the text may be the beginning of a secret.</summary>
    public bool MayGoOn(string text)
    {
        var joined = new JoinedText(text).Text;
        var beginnings = _byBeginning.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = Math.Max(0, joined.Length - (_joined.Count > 0 ? _joined[0].Form.Length : 0)); i <= joined.Length - ShortestBeginning; i++)
        {
            if (beginnings.TryGetValue(joined.AsSpan(i, ShortestBeginning), out var forms) && forms.Exists(f => f.Length > joined.Length - i && f.AsSpan().StartsWith(joined.AsSpan(i))))
            {
                return true;
            }
        }

        return false;
    }

    // The longest form came first, and keeps what it covers.
    private static void Cover(string?[] masks, int first, int last, string mask)
    {
        for (var i = first; i <= last; i++)
        {
            masks[i] ??= mask;
        }
    }

    private static string Masked(string text, string?[] masks, int from)
    {
        var result = new StringBuilder();
        for (var i = from; i < text.Length; i++)
        {
            if (masks[i] is not { } mask)
            {
                result.Append(text[i]);
            }
            else if (i == from || !ReferenceEquals(masks[i - 1], mask))
            {
                result.Append(mask);
            }
        }

        return result.ToString();
    }
}
