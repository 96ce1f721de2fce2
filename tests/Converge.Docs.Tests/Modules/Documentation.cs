using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;

namespace Converge.Docs.Tests.Modules;

/// <summary>The docstrings of one assembly, as the compiler wrote them beside it.</summary>
internal sealed class Documentation
{
    private readonly Dictionary<string, XElement> _members;

    private Documentation(Dictionary<string, XElement> members) => _members = members;

    public static Documentation Of(Assembly assembly)
    {
        var file = XDocument.Load(System.IO.Path.ChangeExtension(assembly.Location, ".xml"), LoadOptions.PreserveWhitespace);
        return new(file.Descendants("member").ToDictionary(m => m.Attribute("name")!.Value));
    }

    public string Summary(MemberInfo member) => Part(member, "summary");

    public string Remarks(MemberInfo member) => Part(member, "remarks");

    /// <summary>Code, without the indentation that it has in the docstring. Null: there is none.</summary>
    public string? Example(Type type) =>
        _members.GetValueOrDefault(Id(type))?.Element("example")?.Element("code")?.Value is { } code ? Unindented(code) : null;

    /// <summary>What a property is for: its own summary, or that of the record's parameter that makes it.</summary>
    public string Property(PropertyInfo property) =>
        Summary(property) is { Length: > 0 } own ? own
        : property.DeclaringType!.GetInterfaces().Select(i => i.GetProperty(property.Name)).OfType<PropertyInfo>().FirstOrDefault() is { } promise ? Summary(promise)
        : DocstringText.Of(Parameter(property.DeclaringType!, property.Name!), property.DeclaringType!);

    private XElement? Parameter(Type type, string name) =>
        _members.GetValueOrDefault(Id(type))?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == name);

    private string Part(MemberInfo member, string part) => DocstringText.Of(Docstring(Id(member))?.Element(part), member as Type ?? member.DeclaringType!);

    private XElement? Docstring(string id) =>
        _members.GetValueOrDefault(id) is { } own && own.Element("inheritdoc")?.Attribute("cref") is { } other ? Docstring(other.Value) : _members.GetValueOrDefault(id);

    private static string Unindented(string code)
    {
        var lines = code.Trim('\n', ' ').Split('\n');
        var indent = code.TrimStart('\n').TakeWhile(c => c == ' ').Count();
        return string.Join('\n', lines.Select((line, i) => (i == 0 ? line : line.Length < indent ? line.TrimStart() : line[indent..]).TrimEnd()));
    }

    // The form is told in the C# specification, annex D.
    private static string Id(MemberInfo member) => member switch
    {
        Type type => $"T:{Name(type)}",
        PropertyInfo property => $"P:{Name(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
        MethodInfo method => $"M:{Name(method.DeclaringType!)}.{method.Name}{Parameters(method.GetParameters())}{(method.Name == "op_Implicit" ? $"~{Name(method.ReturnType)}" : "")}",
        ConstructorInfo constructor => $"M:{Name(constructor.DeclaringType!)}.#ctor{Parameters(constructor.GetParameters())}",
        _ => throw new ArgumentException($"{member} has no docstring"),
    };

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(p => Name(p.ParameterType)))})";

    private static string Name(Type type) =>
        type.IsArray ? $"{Name(type.GetElementType()!)}[]"
        : type.IsByRef ? $"{Name(type.GetElementType()!)}@"
        : type.IsConstructedGenericType ? $"{type.GetGenericTypeDefinition().FullName!.Split('`')[0].Replace('+', '.')}{{{string.Join(',', type.GetGenericArguments().Select(Name))}}}"
        : (type.FullName ?? type.Name).Replace('+', '.');
}
