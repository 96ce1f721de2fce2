using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Converge.Scripts;

/// <summary>Reads the text of <c>--var name=value</c> as the type that the script asks for.</summary>
internal static class VariableValue
{
    private static readonly Dictionary<string, bool> Booleans = new(StringComparer.OrdinalIgnoreCase)
    {
        ["true"] = true,
        ["yes"] = true,
        ["on"] = true,
        ["false"] = false,
        ["no"] = false,
        ["off"] = false,
    };

    public static bool TryRead(string text, Type type, out object? value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => Booleans.TryGetValue(text, out var flag) ? flag : null,
            _ when type == typeof(TimeSpan) => Duration.TryRead(text, out var duration) ? duration : null,
            _ when type.IsEnum => Names(type).FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse(type, name) : null,
            _ when IsNumber(type) => Number(text, type),
            _ => null,
        };
        return value is not null;
    }

    /// <summary>What the type is, for a message: <c>a whole number</c>.</summary>
    public static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => "text",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(TimeSpan) => "a time span such as 30s, 5m or 1h30m",
            _ when type.IsEnum => $"one of {string.Join(", ", Names(type))}",
            _ when type == typeof(double) || type == typeof(float) || type == typeof(decimal) => "a number",
            _ when IsNumber(type) => type == typeof(int) ? "a whole number" : $"a whole number ({type.Name})",
            _ => $"readable as {type.Name} (a variable is text, true or false, a number, an enum or a TimeSpan)",
        };
    }

    /// <summary>The values of an enum; nothing for other types.</summary>
    public static IReadOnlyList<string> Names(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } names ? Enum.GetNames(names) : [];

    /// <summary>As it would be written on the command line.</summary>
    public static string Write(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static bool IsNumber(Type type) => type.IsPrimitive && type != typeof(bool) && type != typeof(char) || type == typeof(decimal);

    private static object? Number(string text, Type type)
    {
        // .NET would read "1,5" as 15.
        if (text.Contains(','))
            return null;

        try
        {
            return Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException)
        {
            return null;
        }
    }
}
