using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Converge.Selectors;

/// <summary>A host or role name, with wildcards.</summary>
/// <param name="Parts">One behind the other.</param>
/// <param name="Text">As it was written.</param>
internal sealed record NamePattern(IReadOnlyList<NamePart> Parts, string Text)
{
    /// <summary>No wildcards.</summary>
    public bool IsPlain => Parts.All(p => p is Literal);

    /// <summary>The whole name fits; case counts.</summary>
    public bool Matches(string name)
    {
        // The places up to which the parts so far can reach: no part ever backtracks, so that no pattern is slow.
        var reached = new HashSet<int> { 0 };
        foreach (var part in Parts)
        {
            reached = [.. reached.SelectMany(start => part.Ends(name, start))];
        }

        return reached.Contains(name.Length);
    }
}

/// <summary>A part of a name.</summary>
internal abstract record NamePart
{
    /// <summary>Where a match that begins at <paramref name="start"/> can end.</summary>
    public abstract IEnumerable<int> Ends(string name, int start);
}

internal sealed record Literal(string Text) : NamePart
{
    public override IEnumerable<int> Ends(string name, int start) =>
        string.CompareOrdinal(name, start, Text, 0, Text.Length) == 0 ? [start + Text.Length] : [];
}

/// <summary><c>*</c>.</summary>
internal sealed record AnyText : NamePart
{
    public override IEnumerable<int> Ends(string name, int start) => Enumerable.Range(start, name.Length - start + 1);
}

/// <summary><c>?</c>, <c>[ab]</c>, <c>[a-c]</c>, <c>[!ab]</c>.</summary>
internal sealed record OneCharacter(IReadOnlyList<(char First, char Last)> Spans, bool Not) : NamePart
{
    public override IEnumerable<int> Ends(string name, int start) =>
        start < name.Length && Spans.Any(s => name[start] >= s.First && name[start] <= s.Last) != Not ? [start + 1] : [];
}

/// <summary><c>[1:12]</c>; with leading zeros, <c>[01:12]</c>, numbers have as many digits as the first.</summary>
internal sealed record NumberSpan(string First, string Last) : NamePart
{
    public bool GoesUp => Number(First) <= Number(Last);

    public override IEnumerable<int> Ends(string name, int start) =>
        Enumerable.Range(start + 1, name.Length - start).Where(end => Fits(name[start..end]));

    private bool Fits(string digits)
    {
        var padded = First is ['0', _, ..];
        return digits.Length <= Last.Length && digits.All(char.IsAsciiDigit)
            && (padded ? digits.Length == First.Length : digits is not ['0', _, ..])
            && Number(digits) >= Number(First) && Number(digits) <= Number(Last);
    }

    public override string ToString() => $"{First}:{Last}";

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
