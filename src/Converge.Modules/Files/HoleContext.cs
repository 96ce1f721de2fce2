using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Converge.Modules;

/// <summary>
/// Writes secrets, facts and contents as tokens that nobody can guess, and puts them back as holes afterwards. Their values never enter the
/// template engine.
/// </summary>
internal sealed class HoleContext(ScriptObject builtins) : TemplateContext(builtins)
{
    // Characters that Unicode reserves for such use inside of programs and that no text may hold, around digits, which no filter changes.
    private const char Open = '\uFDD0';
    private const char Close = '\uFDD1';

    private readonly string _nonce = RandomNumberGenerator.GetString("0123456789", 24);
    private readonly List<Content> _holes = [];

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        var result = base.Evaluate(scriptNode, aliasReturnedFunction);

        // Scriban writes nothing for null, which leaves a hole in a configuration that nobody asked for.
        if (result is null && scriptNode is ScriptExpressionStatement { Expression: IScriptVariablePath and ScriptNode named })
        {
            throw new ScriptRuntimeException(named.Span, $"`{named}` has no value (null)");
        }

        // Interpolated strings do not come through ObjectToString.
        return IsHole(result) && scriptNode?.Parent is (ScriptInterpolatedExpression or ScriptInterpolatedStringExpression) ? throw NotText(scriptNode!.Span) : result;
    }

    public override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        var hole = textAsObject switch
        {
            Secret secret => Content.FromSecret(secret),
            Fact fact => Content.FromFact(fact),
            Content content => content,
            _ => null,
        };
        return base.Write(span, hole is null ? textAsObject : Token(hole));
    }

    public override string? ObjectToString(object? value, bool nested = false) => IsHole(value) ? throw NotText(CurrentSpan) : base.ObjectToString(value, nested);

    /// <summary>The rendered text with the holes back in their places.</summary>
    public Content Fill(string rendered)
    {
        var parts = new List<Content>();
        var end = 0;
        foreach (Match token in Regex.Matches(rendered, $"{Open}{_nonce}:([0-9]+){Close}"))
        {
            parts.Add(Plain(rendered[end..token.Index]));
            parts.Add(_holes[int.Parse(token.Groups[1].ValueSpan, CultureInfo.InvariantCulture)]);
            end = token.Index + token.Length;
        }

        parts.Add(Plain(rendered[end..]));
        return Content.Concat(parts);
    }

    private static bool IsHole(object? value) => value is Secret or Fact or Content;

    private static ScriptRuntimeException NotText(SourceSpan span) => new(span, "Secrets, facts and contents can be written as they are, but not computed with");

    private Content Plain(string text) => text.IndexOfAny([Open, Close]) < 0
        ? Content.Text(text)
        : throw new ScriptRuntimeException(CurrentSpan, "The place of a secret, fact or content was cut apart: write it as it is");

    private string Token(Content hole)
    {
        _holes.Add(hole);
        return $"{Open}{_nonce}:{_holes.Count - 1}{Close}";
    }
}
