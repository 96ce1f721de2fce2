using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>When a rule of HAProxy applies: <see cref="Acl"/>s joined with <c>&amp;</c>, <c>|</c> and <c>!</c>, or the text that follows <c>if</c> in the manual.</summary>
public sealed record HaproxyCondition
{
    private readonly IReadOnlyList<IReadOnlyList<Term>> _alternatives;

    private HaproxyCondition(IEnumerable<IReadOnlyList<Term>> alternatives, params IEnumerable<string?> senseless) =>
        (_alternatives, Senseless) = ([.. alternatives], [.. senseless.OfType<string>()]);

    /// <summary>One test: the name of an ACL, or an anonymous one in braces.</summary>
    internal sealed record Term(string Text, bool Negated, Acl? Acl)
    {
        public bool IsAnonymous => Text.StartsWith('{');

        public override string ToString() => (Negated ? "!" : "") + Text;
    }

    /// <summary>Texts that were given as conditions and are none.</summary>
    internal IReadOnlyList<string> Senseless { get; }

    internal IEnumerable<Term> Terms => _alternatives.SelectMany(a => a);

    /// <summary>Not this.</summary>
    // HAProxy has no parentheses: a condition is always kept as "or" of "and", and De Morgan does the rest.
    public static HaproxyCondition operator !(HaproxyCondition condition) => condition._alternatives
        .Select(all => new HaproxyCondition(all.Select(t => (IReadOnlyList<Term>)[t with { Negated = !t.Negated }]), condition.Senseless))
        .Aggregate((left, right) => left & right);

    /// <summary>Both.</summary>
    public static HaproxyCondition operator &(HaproxyCondition left, HaproxyCondition right) =>
        new(left._alternatives.SelectMany(l => right._alternatives.Select(r => (IReadOnlyList<Term>)[.. l, .. r])), left.Senseless.Union(right.Senseless));

    /// <summary>Either.</summary>
    public static HaproxyCondition operator |(HaproxyCondition left, HaproxyCondition right) => new(left._alternatives.Concat(right._alternatives), left.Senseless.Union(right.Senseless));

    /// <summary>The ACL alone.</summary>
    public static implicit operator HaproxyCondition(Acl acl) => new([[new Term(acl.Name, false, acl)]]);

    /// <summary>Text as it follows <c>if</c>, blanks around braces: <c>is_api !from_office or { method POST }</c>.</summary>
    public static implicit operator HaproxyCondition(string text) =>
        TryRead(text) is { } alternatives ? new(alternatives) : new([[new Term(text, false, null)]], text);

    /// <summary>As it stands behind <c>if</c>.</summary>
    public override string ToString() => string.Join(" or ", _alternatives.Select(all => string.Join(' ', all)));

    private static List<IReadOnlyList<Term>>? TryRead(string text)
    {
        var alternatives = new List<IReadOnlyList<Term>>();
        var all = new List<Term>();
        var words = new Queue<string>(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var negated = false;
        while (words.TryDequeue(out var word))
        {
            if (word is "or" or "||")
            {
                alternatives.Add(all);
                all = [];
                continue;
            }

            negated ^= word.StartsWith('!');
            word = word.TrimStart('!');
            if (word == "{" && !TryReadBraces(words, out word))
            {
                return null;
            }

            if (word.Length > 0)
            {
                all.Add(new Term(word, negated, null));
                negated = false;
            }
        }

        alternatives.Add(all);
        return negated || alternatives.Exists(a => a.Count == 0) ? null : alternatives;
    }

    private static bool TryReadBraces(Queue<string> words, out string test)
    {
        var inside = new List<string> { "{" };
        while (inside[^1] != "}" && words.TryDequeue(out var word))
        {
            inside.Add(word);
        }

        test = string.Join(' ', inside);
        return inside is ["{", _, .., "}"];
    }
}
