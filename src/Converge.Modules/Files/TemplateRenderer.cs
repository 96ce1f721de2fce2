using System;
using System.Linq;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;
using ScribanTemplate = Scriban.Template;

namespace Converge.Modules;

/// <summary>Renders Scriban templates strictly, with holes for secrets and facts.</summary>
internal static class TemplateRenderer
{
    // Scriban stops loops after 1,000 turns by default; a list of servers or addresses may well be longer.
    private const int LoopLimit = 1_000_000;

    /// <exception cref="TemplateException">The template is wrong, or names something that has no value.</exception>
    public static Content Render(string text, object values, Host host)
    {
        var template = ScribanTemplate.Parse(text);
        if (template.Messages.FirstOrDefault(m => m.Type == ParserMessageType.Error) is { } error)
        {
            throw new TemplateException(error.Message, error.Span.Start);
        }

        var context = new HoleContext(Builtins())
        {
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            EnableRelaxedTargetAccess = false,
            EnableRelaxedFunctionAccess = false,
            EnableRelaxedIndexerAccess = false,
            EnableNullIndexer = false,
            AutoIndent = false,
            LoopLimit = LoopLimit,
            LimitToString = 0,
            MemberRenamer = member => member.Name,
        };
        try
        {
            context.PushGlobal(Globals(values, host));
            return context.Fill(template.Render(context));
        }
        catch (ScriptRuntimeException e)
        {
            throw new TemplateException(e.OriginalMessage, e.Span.Start);
        }
    }

    private static ScriptObject Globals(object values, Host host)
    {
        var globals = new ScriptObject { ["host"] = new ScriptObject { ["name"] = host.Name, ["address"] = host.Address, ["roles"] = host.Roles } };
        globals.Import(values, renamer: member => member.Name);
        return globals;
    }

    // What gives another answer each time would be a change in every run.
    private static ScriptObject Builtins()
    {
        var builtins = TemplateContext.GetDefaultBuiltinObject();
        (builtins["date"] as ScriptObject)?.Remove("now");
        (builtins["math"] as ScriptObject)?.Remove("random");
        (builtins["math"] as ScriptObject)?.Remove("uuid");
        return builtins;
    }
}

/// <summary>A template cannot be rendered.</summary>
internal sealed class TemplateException(string message, TextPosition at) : Exception(message)
{
    /// <summary>1-based.</summary>
    public int Line { get; } = at.Line + 1;

    /// <summary>1-based.</summary>
    public int Column { get; } = at.Column + 1;
}
