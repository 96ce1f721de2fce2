using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Converge.Docs.Tests.Modules;

/// <summary>A docstring as Markdown.</summary>
internal static partial class DocstringText
{
    /// <summary>Paragraphs are parted by an empty line; a docstring that is not there is empty. Members of <paramref name="owner"/> are named without it.</summary>
    public static string Of(XElement? docstring, Type owner) =>
        docstring is null ? "" : string.Join("\n\n", Inlines(docstring, owner).Split('\f').Select(p => Space().Replace(p, " ").Trim()).Where(p => p.Length > 0));

    private static string Inlines(XElement element, Type owner) => string.Concat(element.Nodes().Select(n => Inline(n, owner)));

    private static string Inline(XNode node, Type owner) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => Code(code.Value),
        XElement { Name.LocalName: "see" } see => see.Attribute("href") is { } link ? $"<{link.Value}>" : Code(see.Attribute("langword")?.Value ?? Reference(see.Attribute("cref")!.Value, owner)),
        XElement { Name.LocalName: "paramref" or "typeparamref" } parameter => Code(parameter.Attribute("name")!.Value),
        XElement { Name.LocalName: "para" } paragraph => $"\f{Inlines(paragraph, owner)}\f",
        XElement element => throw new NotSupportedException($"<{element.Name.LocalName}> in a docstring: say here how it is written in Markdown"),
        _ => "",
    };

    // T:Converge.Modules.File → File; P:Converge.Modules.Command.Creates → Command.Creates, and in Command itself Creates.
    private static string Reference(string cref, Type owner)
    {
        var names = cref[2..].Split('(')[0].Split('.');
        return string.Join('.', cref[0] == 'T' || names[^2] == owner.Name ? names[^1..] : names[^2..]).Replace("#ctor", "new", StringComparison.Ordinal);
    }

    private static string Code(string text) => text.Contains('`') ? $"`` {text} ``" : $"`{text}`";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
