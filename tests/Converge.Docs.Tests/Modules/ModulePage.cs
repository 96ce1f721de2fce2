using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;

namespace Converge.Docs.Tests.Modules;

/// <summary>The page of one subject: what is written by hand, then everything that its docstrings say.</summary>
internal sealed class ModulePage(Subject subject, Documentation documentation)
{
    private const string Mark = "<!-- From here on made from the docstrings: change these, then run the tests with CONVERGE_ACCEPT_SNAPSHOTS=1. -->";

    /// <summary>The whole page, given the one that is there.</summary>
    public string Text(string existing) =>
        $"{existing.Split(Mark)[0].TrimEnd()}\n\n{Mark}\n\n{string.Join("\n", subject.Resources.Select(r => Section("##", r)).Concat(Parts()))}";

    private IEnumerable<string> Parts() =>
        subject.Parts.ToList() is { Count: > 0 } parts ? parts.Select(p => Section("###", p)).Prepend("## What they are made of\n") : [];

    private string Section(string level, Type type)
    {
        var text = new StringBuilder($"{level} {TypeText.Of(type)}\n\n{documentation.Summary(type)}\n");
        if (documentation.Remarks(type) is { Length: > 0 } remarks)
        {
            text.Append($"\n{remarks}\n");
        }

        if (documentation.Example(type) is { } example)
        {
            text.Append($"\n```csharp\n{example}\n```\n");
        }

        if (type.IsEnum)
        {
            return text.Append(Table("| value | |\n|---|---|\n", Members.Values(type).Select(f => $"| `{f.Name}` | {Cell(documentation.Summary(f))} |\n"))).ToString();
        }

        var fresh = DefaultText.NewOf(type);
        text.Append(Table("| property | type | default | |\n|---|---|---|---|\n", Members.Properties(type).Select(p =>
            $"| `{p.Name}` | `{Cell(TypeText.Of(p))}` | {Cell(DefaultText.Of(p, fresh))} | {Cell(documentation.Property(p))} |\n")));
        text.Append(Table("| to make one, to use it | |\n|---|---|\n", Members.Calls(type).Select(m => $"| `{Cell(Call(m))}` | {Cell(documentation.Summary(m))} |\n")));
        return text.ToString();
    }

    private static string Table(string head, IEnumerable<string> rows) => rows.ToList() is { Count: > 0 } all ? $"\n{head}{string.Concat(all)}" : "";

    private static string Call(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => TypeText.Call($"new {TypeText.Of(constructor.DeclaringType!)}", constructor),
        MethodInfo { Name: "op_Implicit" } conversion => $"from {TypeText.Of(conversion.GetParameters()[0])}",
        MethodInfo { IsStatic: true } method => TypeText.Call($"{TypeText.Of(method.DeclaringType!)}.{method.Name}", method),
        MethodInfo method => TypeText.Call($".{method.Name}", method),
        PropertyInfo property when property.GetMethod!.IsStatic => $"{TypeText.Of(property.DeclaringType!)}.{property.Name}",
        PropertyInfo property => $".{property.Name}",
        FieldInfo constant => $"{TypeText.Of(constant.DeclaringType!)}.{constant.Name}",
        _ => member.Name,
    };

    private static string Cell(string text) => text.Replace("\n\n", "<br>", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
}
