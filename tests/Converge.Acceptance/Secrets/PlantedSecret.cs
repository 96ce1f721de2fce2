using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Acceptance.Secrets;

/// <summary>A secret that is easy to find: in any encoding, eight characters of it in a row are no accident.</summary>
internal sealed class PlantedSecret
{
    private const int Telling = 8;

    private readonly HashSet<string> _pieces;

    public PlantedSecret()
    {
        Value = $"Pl4nt3d/{RandomNumberGenerator.GetHexString(24, lowercase: true)}+?";
        var bytes = Encoding.UTF8.GetBytes(Value);
        var forms = Enumerable.Range(0, 3).Select(before => Convert.ToBase64String([.. new byte[before], .. bytes])[4..^4])
            .Concat([Value, Convert.ToHexStringLower(bytes), Convert.ToHexString(bytes), Uri.EscapeDataString(Value)]);
        _pieces = [.. forms.SelectMany(f => Enumerable.Range(0, f.Length - Telling + 1).Select(i => f.Substring(i, Telling)))];
    }

    public string Value { get; }

    /// <summary>Where it shows, with what is around it; null: nowhere.</summary>
    public string? In(string text)
    {
        var joined = text.Replace("\n", "", StringComparison.Ordinal).Replace("\\n", "", StringComparison.Ordinal);
        foreach (var where in new[] { text, joined })
        {
            for (var i = 0; i <= where.Length - Telling; i++)
            {
                if (_pieces.Contains(where.Substring(i, Telling)))
                {
                    return where[Math.Max(0, i - 60)..Math.Min(where.Length, i + 60)];
                }
            }
        }

        return null;
    }
}
