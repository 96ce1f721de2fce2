using System;
using System.Linq;
using Sprache;

namespace Converge.Selectors;

/// <summary>The grammar of host selectors; see <see cref="HostSelector"/>.</summary>
/// <remarks>
/// Chains are made with XChainOperator: XMany reads a part that fails twice, so that nested parentheses would take twice as long at each level.
/// </remarks>
internal static class SelectorGrammar
{
    private static readonly string[] Words = ["all", "and", "or", "not"];

    private static readonly Parser<string> Digits = Sprache.Parse.Digit.Repeat(1, 9).Text().Named("a number");

    private static readonly Parser<char> NameCharacter = Sprache.Parse.Char(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_', "a character of a name");

    private static readonly Parser<(char, char)> Characters =
        from first in NameCharacter
        from last in Sprache.Parse.Char('-').Then(_ => NameCharacter).Or(Sprache.Parse.Return(first))
        select (first, last);

    private static readonly Parser<NamePart> NumberSpan =
        from first in Digits
        from colon in Sprache.Parse.Char(':')
        from last in Digits
        from close in Sprache.Parse.Char(']')
        select new NumberSpan(first, last);

    private static readonly Parser<NamePart> OneCharacter =
        from not in Sprache.Parse.Char('!').Optional()
        from spans in Characters.XAtLeastOnce()
        from close in Sprache.Parse.Char(']')
        select new OneCharacter([.. spans], not.IsDefined);

    private static readonly Parser<NamePart> Part =
        NameCharacter.AtLeastOnce().Text().Select(text => (NamePart)new Literal(text))
            .XOr(Sprache.Parse.Char('*').Return(new AnyText()))
            .XOr(Sprache.Parse.Char('?').Return(new OneCharacter([], Not: true)))
            .XOr(Sprache.Parse.Char('[').Then(_ => NumberSpan.Or(OneCharacter)));

    private static readonly Parser<NamePattern> Name = WithText(Part.XAtLeastOnce(), (parts, text) => new NamePattern([.. parts], text));

    private static readonly Parser<Clause> Operand =
        Lexeme(Ahead("(")).Then(_ => Sprache.Parse.Ref(() => Disjunction!)).Then(inner => Lexeme(Sprache.Parse.Char(')')).Named("and, or, a comma or )").Return(inner))
            .XOr(Word("all").Return(new Everything()))
            .XOr(Lexeme(Ahead("role:").Then(_ => Name.Named("the name of a role"))).Select(name => (Clause)new Term(name, ByRole: true)))
            .XOr(Lexeme(NoWord(Name)).Select(name => (Clause)new Term(name, ByRole: false)))
            .Named("a host name, role:, all, not or (");

    private static readonly Parser<Clause> Negation =
        from nots in Word("not").Many()
        from operand in Operand
        select nots.Count() % 2 == 0 ? operand : new NoneOf(operand);

    private static readonly Parser<Clause> Conjunction =
        Sprache.Parse.XChainOperator(Word("and"), Negation, (_, left, right) => new AllOf([left, right]));

    private static readonly Parser<Clause> Disjunction =
        Sprache.Parse.XChainOperator(Word("or").XOr(Lexeme(Ahead(","))), Conjunction, (_, left, right) => new AnyOf([left, right]));

    /// <summary>A selector from its first character to its last.</summary>
    public static readonly Parser<Clause> Selector = Sprache.Parse.WhiteSpace.Many().Then(_ => Disjunction);

    /// <summary>With the space behind it.</summary>
    private static Parser<T> Lexeme<T>(Parser<T> parser) =>
        from value in parser
        from space in Sprache.Parse.WhiteSpace.Many()
        select value;

    /// <summary>Exactly this text. Unlike Sprache's String, takes nothing where it fails, so that XOr goes on to the next alternative.</summary>
    private static Parser<string> Ahead(string text) => input =>
        string.CompareOrdinal(input.Source, input.Position, text, 0, text.Length) == 0
            ? Result.Success(text, Advance(input, text.Length))
            : Result.Failure<string>(input, "", [text]);

    /// <summary>This word, and not a name that begins with it.</summary>
    private static Parser<string> Word(string word) => Lexeme<string>(input =>
        WordAt(input) == word ? Result.Success(word, Advance(input, word.Length)) : Result.Failure<string>(input, "", [word]));

    private static Parser<T> NoWord<T>(Parser<T> parser) => input =>
        Words.Contains(WordAt(input)) ? Result.Failure<T>(input, "", []) : parser(input);

    private static string WordAt(IInput input)
    {
        var rest = input.Source.AsSpan(input.Position);
        var length = 0;
        while (length < rest.Length && !char.IsWhiteSpace(rest[length]) && rest[length] is not (',' or '(' or ')'))
        {
            length++;
        }

        return rest[..length].ToString();
    }

    private static Parser<TResult> WithText<T, TResult>(Parser<T> parser, Func<T, string, TResult> select) => input =>
    {
        var result = parser(input);
        return result.WasSuccessful
            ? Result.Success(select(result.Value, input.Source[input.Position..result.Remainder.Position]), result.Remainder)
            : Result.Failure<TResult>(result.Remainder, result.Message, result.Expectations);
    };

    private static IInput Advance(IInput input, int count)
    {
        for (; count > 0; count--)
        {
            input = input.Advance();
        }

        return input;
    }
}
