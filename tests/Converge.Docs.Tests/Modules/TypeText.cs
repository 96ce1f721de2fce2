using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Converge.Docs.Tests.Modules;

/// <summary>Types as a script writes them.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    private static readonly NullabilityInfoContext _nullability = new();

    public static string Of(PropertyInfo property) => Of(_nullability.Create(property));

    public static string Of(ParameterInfo parameter) => Of(_nullability.Create(parameter));

    /// <summary><c>Command(string title)</c>: how to call it.</summary>
    public static string Call(string name, MethodBase method) => $"{name}({string.Join(", ", method.GetParameters().Where(IsWritten).Select(Parameter))})";

    public static string Of(Type type) =>
        _keywords.TryGetValue(type, out var keyword) ? keyword
        : Nullable.GetUnderlyingType(type) is { } value ? $"{Of(value)}?"
        : type.IsArray ? $"{Of(type.GetElementType()!)}[]"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
        : type.Name;

    private static string Of(NullabilityInfo info)
    {
        var type = info.Type;
        var text = type.IsGenericType && Nullable.GetUnderlyingType(type) is null
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", info.GenericTypeArguments.Select(Of))}>"
            : info.ElementType is { } element ? $"{Of(element)}[]" : Of(type);
        return info.WriteState == NullabilityState.Nullable && !type.IsValueType ? $"{text}?" : text;
    }

    // The compiler fills in where a call stands.
    private static bool IsWritten(ParameterInfo parameter) => !parameter.GetCustomAttributes().Any(a => a.GetType().Name.StartsWith("Caller", StringComparison.Ordinal));

    private static string Parameter(ParameterInfo parameter)
    {
        var collection = parameter.GetCustomAttributes().Any(a => a.GetType().Name is "ParamArrayAttribute" or "ParamCollectionAttribute");
        return $"{(collection ? "params " : "")}{Of(parameter)} {char.ToLowerInvariant(parameter.Name![0])}{parameter.Name[1..]}{(parameter.HasDefaultValue ? $" = {DefaultText.Of(parameter.DefaultValue)}" : "")}";
    }
}
