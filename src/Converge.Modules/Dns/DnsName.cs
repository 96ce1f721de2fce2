using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>Domain names as zone files write them: relative to the zone, or absolute with a final dot; <c>@</c> is the zone itself.</summary>
internal static partial class DnsName
{
    /// <summary>Full name in small letters without a final dot; the root is empty.</summary>
    public static string Absolute(string name, string zone) => (name switch
    {
        "@" or "" => zone,
        _ when name.EndsWith('.') => name[..^1],
        _ => $"{name}.{zone}",
    }).ToLowerInvariant();

    /// <summary>Inside the zone or the zone itself; both names as <see cref="Absolute"/> gives them.</summary>
    public static bool IsWithin(string name, string zone) => name == zone || name.EndsWith($".{zone}", StringComparison.Ordinal);

    /// <summary>As it stands at the beginning of a line of the zone's file.</summary>
    public static string Relative(string name, string zone) => name == zone ? "@" : IsWithin(name, zone) ? name[..^(zone.Length + 1)] : $"{name}.";

    /// <summary>Why the text is no domain name, as the end of a sentence; null when it is one.</summary>
    public static string? WhyNot(string name)
    {
        if (name is "@" or "" or ".")
        {
            return null;
        }

        var labels = name.TrimEnd('.').Split('.');
        if (name.EndsWith("..", StringComparison.Ordinal) || labels.Any(l => l.Length == 0))
        {
            return "has an empty part between two dots";
        }

        if (labels.FirstOrDefault(l => l.Length > 63) is { } longLabel)
        {
            return $"has a part of {longLabel.Length} characters; 63 is the most";
        }

        if (name.TrimEnd('.').Length > 253)
        {
            return $"has {name.Length} characters; 253 is the most";
        }

        return labels.Skip(labels[0] == "*" ? 1 : 0).All(l => Label().IsMatch(l))
            ? null
            : name.Any(c => c > 127)
                ? "has letters that DNS does not carry: write it in its ASCII form, xn--…"
                : "has characters other than letters, digits, dashes and underscores, or a dash at an end";
    }

    /// <summary>Names of machines have no underscore: BIND refuses to load a zone that says otherwise (check-names).</summary>
    public static bool IsHostName(string absolute) => absolute.Split('.').Skip(absolute.StartsWith("*.", StringComparison.Ordinal) ? 1 : 0).All(l => !l.Contains('_'));

    [GeneratedRegex(@"\A[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?\z")]
    private static partial Regex Label();
}
