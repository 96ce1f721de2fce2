using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Converge.Docs.Tests.Modules;

/// <summary>What a property is when a script does not set it.</summary>
internal static class DefaultText
{
    /// <summary>A new object, to read its properties; null where none can be made without knowing more.</summary>
    public static object? NewOf(Type type) =>
        type.IsAbstract ? null : type.GetConstructors().Where(c => c.GetParameters().All(CanBeMadeUp)).OrderBy(c => c.GetParameters().Length).FirstOrDefault() is { } constructor
            ? constructor.Invoke([.. constructor.GetParameters().Select(MadeUp)])
            : null;

    /// <summary>Empty where the docstring has to say it.</summary>
    public static string Of(PropertyInfo property, object? example) =>
        property.GetCustomAttribute<RequiredMemberAttribute>() is not null || IsParameter(property) ? "required"
        : example is null ? ""
        : Of(property.GetValue(example));

    /// <summary>A value as C# writes it.</summary>
    public static string Of(object? value) => value switch
    {
        null => "null",
        bool boolean => boolean ? "true" : "false",
        "" => "\"\"",
        string text => $"\"{text}\"",
        TimeSpan time => Time(time),
        Enum or int or uint or long or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        IEnumerable items when !items.Cast<object>().Any() => "empty",
        _ => "",
    };

    private static bool IsParameter(PropertyInfo property) =>
        property.DeclaringType!.GetConstructors().Any(c => c.GetParameters().Any(p => p.Name == property.Name && !p.HasDefaultValue));

    private static bool CanBeMadeUp(ParameterInfo parameter) =>
        parameter.HasDefaultValue || parameter.ParameterType == typeof(string) || parameter.ParameterType.IsValueType || IsSequence(parameter.ParameterType);

    private static object? MadeUp(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? parameter.DefaultValue
        : parameter.ParameterType == typeof(string) ? "1.2.3.4/24"
        : IsSequence(parameter.ParameterType) ? Array.CreateInstance(parameter.ParameterType.GetGenericArguments()[0], 0)
        : Activator.CreateInstance(parameter.ParameterType);

    private static bool IsSequence(Type type) => type.IsInterface && type.IsGenericType && type.GetInterface("IEnumerable") is not null;

    private static string Time(TimeSpan time) =>
        time.TotalMinutes >= 1 && time.TotalMinutes % 1 == 0 ? $"{time.TotalMinutes} min"
        : time.TotalSeconds >= 1 ? $"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s"
        : $"{time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)} ms";
}
