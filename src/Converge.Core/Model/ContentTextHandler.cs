using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;

namespace Converge;

/// <summary>Lets <c>Content.Text($"…{secret}…{fact}…")</c> keep secrets and facts as holes instead of turning them into strings.</summary>
[InterpolatedStringHandler]
public sealed class ContentTextHandler
{
    private readonly List<Content.Part> _parts = [];
    private readonly StringBuilder _literal = new();

    /// <summary>Called by the compiler.</summary>
    public ContentTextHandler(int literalLength, int formattedCount) => _ = (literalLength, formattedCount);

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => _literal.Append(value);

    /// <summary>A secret stays a secret.</summary>
    public void AppendFormatted(Secret value)
    {
        Flush();
        _parts.Add(new Content.SecretPart(value));
    }

    /// <summary>A fact is filled in when the host has answered.</summary>
    public void AppendFormatted(Fact value)
    {
        Flush();
        _parts.Add(new Content.FactPart(value));
    }

    /// <summary>Content inside content.</summary>
    public void AppendFormatted(Content value)
    {
        Flush();
        _parts.AddRange(value.Parts);
    }

    /// <summary>Anything else becomes text now.</summary>
    public void AppendFormatted<T>(T value, string? format = null) =>
        _literal.Append(value is IFormattable f ? f.ToString(format, null) : value?.ToString());

    internal Content ToContent()
    {
        Flush();
        return Content.Of(_parts);
    }

    private void Flush()
    {
        if (_literal.Length > 0)
        {
            _parts.Add(new Content.BytesPart(Encoding.UTF8.GetBytes(_literal.ToString())));
            _literal.Clear();
        }
    }
}
