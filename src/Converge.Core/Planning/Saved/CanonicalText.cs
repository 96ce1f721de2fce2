using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Converge.Planning;

/// <summary>
/// Any state or step as text in which equal things are equal: the names and values of its public properties. Holds secrets in the clear, so it is
/// only ever hashed. Instants are left out: what they decide (a file changed after the start) shows in the changes, and the host's clock is no state.
/// </summary>
internal static class CanonicalText
{
    public static string Of(object? value, HostFacts? facts)
    {
        var text = new StringBuilder();
        Write(text, value, facts);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, HostFacts? facts)
    {
        switch (value)
        {
            case null or DateTime or DateTimeOffset or Delegate:
                text.Append('-');
                break;
            case string s:
                text.Append(s.Length).Append('"').Append(s);
                break;
            case Enum or bool or char or TimeSpan or Type:
                text.Append(value);
                break;
            case IFormattable number when value.GetType().IsPrimitive || value is decimal:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case ReadOnlyMemory<byte> bytes:
                text.Append(Convert.ToHexStringLower(bytes.Span));
                break;
            case Secret secret:
                Write(text, secret.Reveal(), facts);
                break;
            case Content content:
                WriteContent(text, content, facts);
                break;
            case ITuple tuple:
                WriteAll(text, Enumerable.Range(0, tuple.Length).Select(i => Of(tuple[i], facts)));
                break;
            case IDictionary or IEnumerable when IsUnordered(value.GetType()):
                WriteAll(text, ((IEnumerable)value).Cast<object?>().Select(item => Of(item, facts)).Order(StringComparer.Ordinal));
                break;
            case IEnumerable items:
                WriteAll(text, items.Cast<object?>().Select(item => Of(item, facts)));
                break;
            default:
                WriteProperties(text, value, facts);
                break;
        }
    }

    // A fact that the host does not have is an error of the resource at its turn, not of the hash.
    private static void WriteContent(StringBuilder text, Content content, HostFacts? facts)
    {
        try
        {
            text.Append(Convert.ToHexStringLower(content.Resolve(facts).Span));
        }
        catch (ConvergeException e)
        {
            text.Append(e.Message);
        }
    }

    private static void WriteAll(StringBuilder text, IEnumerable<string> items) => text.Append('[').AppendJoin(',', items).Append(']');

    private static void WriteProperties(StringBuilder text, object value, HostFacts? facts)
    {
        var properties = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0)
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .ToList();
        text.Append(value.GetType().Name).Append('{');
        foreach (var property in properties)
        {
            text.Append(property.Name).Append('=');
            Write(text, property.GetValue(value), facts);
            text.Append(';');
        }

        text.Append(properties.Count == 0 ? value.ToString() : "").Append('}');
    }

    private static bool IsUnordered(Type type) => type.GetInterfaces().Where(i => i.IsGenericType).Select(i => i.GetGenericTypeDefinition())
        .Any(i => i == typeof(IReadOnlyDictionary<,>) || i == typeof(IDictionary<,>) || i == typeof(IReadOnlySet<>) || i == typeof(ISet<>));
}
