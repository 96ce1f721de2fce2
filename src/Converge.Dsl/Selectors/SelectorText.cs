using System;
using System.Collections.Generic;
using System.Linq;
using Sprache;

namespace Converge.Selectors;

/// <summary>Reads a selector, or says where it cannot be read and what was expected there.</summary>
internal static class SelectorText
{
    private const int Longest = 1000;
    private const int Deepest = 32;
    private const string Remedy = "For example: role:lb and not lb2\nor: web*, db1\nor: web[01:12]";

    /// <exception cref="ConvergeException">It cannot be read.</exception>
    public static Clause Read(string text)
    {
        if (text.Length > Longest)
            throw new ConvergeException($"a host selector of {text.Length} characters is too long: {Longest} is the most");

        if (TooDeep(text) is { } place)
            throw Wrong(text, place, $"more than {Deepest} parentheses inside one another");

        var result = SelectorGrammar.Selector(new Input(text));
        if (!result.WasSuccessful)
            throw Wrong(text, result.Remainder.Position, $"expected {Listing(result.Expectations)}{Found(text, result.Remainder.Position)}");

        if (!result.Remainder.AtEnd)
            throw Wrong(text, result.Remainder.Position, $"expected and, or, a comma or the end{Found(text, result.Remainder.Position)}");

        var span = result.Value.Terms.SelectMany(t => t.Pattern.Parts).OfType<NumberSpan>().FirstOrDefault(s => !s.GoesUp);
        return span is null
            ? result.Value
            : throw Wrong(text, text.IndexOf($"[{span}]", StringComparison.Ordinal), $"[{span}] goes down: write [{span.Last}:{span.First}]");
    }

    private static ConvergeException Wrong(string text, int position, string what)
    {
        // A line on its own, however long the selector is: the part around the place.
        const int Around = 60;
        var start = Math.Max(0, position - Around);
        var end = Math.Min(text.Length, position + Around);
        var shown = string.Concat(text[start..end].Select(c => char.IsControl(c) ? ' ' : c));
        return new ConvergeException($"host selector: {what}\n    {shown}\n    {new string(' ', position - start)}^", Remedy);
    }

    private static string Listing(IEnumerable<string> expectations) => string.Join(" or ", expectations.Distinct());

    private static string Found(string text, int position)
    {
        const int Most = 20;
        var rest = text[position..];
        var word = string.Concat(rest.TakeWhile((c, i) => i == 0 || char.IsLetterOrDigit(c) && char.IsLetterOrDigit(rest[0])).Take(Most));
        return word.Length == 0 ? " at the end" : $", found {word}";
    }

    private static int? TooDeep(string text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth > Deepest)
                return i;
        }

        return null;
    }
}
