using System;
using System.Collections.Generic;
using System.Text;

namespace Converge;

/// <summary>A text without its blanks and line breaks: tools wrap and indent what is long, and break it at blanks, too.</summary>
internal sealed class JoinedText
{
    private readonly List<int>? _places;

    public JoinedText(string text)
    {
        if (!text.AsSpan().ContainsAny(" \t\r\n"))
        {
            Text = text;
            return;
        }

        var joined = new StringBuilder(text.Length);
        _places = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not (' ' or '\t' or '\r' or '\n'))
            {
                joined.Append(text[i]);
                _places.Add(i);
            }
        }

        Text = joined.ToString();
    }

    /// <summary>All else.</summary>
    public string Text { get; }

    /// <summary>Where a character of <see cref="Text"/> stood before.</summary>
    public int this[int index] => _places is null ? index : _places[index];
}
