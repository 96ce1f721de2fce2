using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Converge.Lab;

/// <summary>Reads apt's sources in both of their formats (sources.list(5)).</summary>
internal static class AptSources
{
    public static IReadOnlyList<AptSource> OfThisMachine()
    {
        const string folder = "/etc/apt/sources.list.d";
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList() : [];
        if (File.Exists("/etc/apt/sources.list"))
            files.Insert(0, "/etc/apt/sources.list");
        return [.. files.SelectMany(file => Path.GetExtension(file) switch
        {
            ".list" => ParseList(File.ReadAllText(file)),
            ".sources" => ParseStanzas(File.ReadAllText(file)),
            _ => [],
        })];
    }

    /// <summary>The one-line format: <c>deb [signed-by=KEYRING] URI SUITE COMPONENT...</c>.</summary>
    public static IEnumerable<AptSource> ParseList(string text)
    {
        foreach (var line in text.Split('\n').Select(l => l.Split('#')[0].Trim()))
        {
            var options = "";
            var rest = line;
            if (line.IndexOf('[', StringComparison.Ordinal) is > 0 and var open && line.IndexOf(']', open) is > 0 and var close)
            {
                options = line[(open + 1)..close];
                rest = line[..open] + line[(close + 1)..];
            }

            if (Words(rest) is ["deb", var uri, var suite, .. var components])
                yield return new AptSource([uri], [suite], components, SignedBy(options));
        }
    }

    /// <summary>The deb822 format: stanzas of fields, parted by empty lines.</summary>
    public static IEnumerable<AptSource> ParseStanzas(string text) =>
        Stanzas(text)
            .Where(f => f.Count > 0 && Words(Field(f, "Types")).Contains("deb") && !IsNo(Field(f, "Enabled")))
            .Select(f => new AptSource(
                Words(Field(f, "URIs")), Words(Field(f, "Suites")), Words(Field(f, "Components")), Keyring(Field(f, "Signed-By"))));

    private static IEnumerable<Dictionary<string, string>> Stanzas(string text)
    {
        var fields = NewStanza();
        var last = "";
        foreach (var line in text.Split('\n').Where(l => !l.StartsWith('#')))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                yield return fields;
                fields = NewStanza();
            }
            else if (char.IsWhiteSpace(line[0]) && fields.ContainsKey(last))
            {
                fields[last] += "\n" + line.Trim();
            }
            else if (line.Split(':', 2) is [var name, var value])
            {
                last = name.Trim();
                fields[last] = value.Trim();
            }
        }

        yield return fields;
    }

    private static Dictionary<string, string> NewStanza() => new(StringComparer.OrdinalIgnoreCase);

    private static string Field(Dictionary<string, string> stanza, string name) => stanza.GetValueOrDefault(name, "");

    private static bool IsNo(string value) => value.ToLowerInvariant() is "no" or "false" or "without" or "off" or "disable" or "0";

    // Signed-By may also hold a whole key, over many lines.
    private static string? Keyring(string value) => value.StartsWith('/') && !value.Contains('\n', StringComparison.Ordinal) ? value : null;

    private static string? SignedBy(string options) => Words(options)
        .Where(o => o.StartsWith("signed-by=/", StringComparison.Ordinal))
        .Select(o => o["signed-by=".Length..])
        .FirstOrDefault();

    private static string[] Words(string text) =>
        text.Split((char[])[' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
