using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Converge.Modules;

/// <summary>BIND's own files.</summary>
internal static class NamedConfig
{
    public const string Folder = "/etc/bind/zones";

    public const string LocalPath = "/etc/bind/named.conf.local";

    public const string OptionsPath = "/etc/bind/named.conf.options";

    public const string Local = $"""
        // Managed by Converge: changes made here are undone by the next apply.
        include "{Folder}/*.conf";

        """;

    // Whether the zone's statement is seen by a check of the whole depends on whether the include is there already.
    private const string CheckZoneScript = """if grep -qsxF 'include "/etc/bind/zones/*.conf";' /etc/bind/named.conf.local; then exec named-checkconf; else exec named-checkconf "$1"; fi""";

    // One object each: files of several zones that are equal are one file.
    public static Validation LocalCheck { get; } = InPlaceCheck.Of(LocalPath, "named-checkconf");

    public static Validation OptionsCheck { get; } = InPlaceCheck.Of(OptionsPath, "named-checkconf");

    public static Validation ZoneCheck(string path) => InPlaceCheck.Of(path, "sh", "-c", CheckZoneScript, "sh", path);

    /// <summary>What Debian's package brings, bookworm to sid.</summary>
    public static IReadOnlyList<Brought> Brought { get; } =
    [
        new BroughtUnit("named.service"),
        new BroughtPath("/etc/bind") { IsFolder = true, Group = "bind", Mode = Mode.Octal("2755") },
        new BroughtPath(LocalPath) { Group = "bind" },
        new BroughtPath(OptionsPath) { Group = "bind" },
        new BroughtAccount(Provision.User("bind")),
        new BroughtAccount(Provision.Group("bind")),
    ];

    /// <summary>Answers for its own zones, and for nothing else.</summary>
    public static string Options(IEnumerable<string> lines)
    {
        var text = new StringBuilder("""
            // Managed by Converge: changes made here are undone by the next apply.
            options {
            	directory "/var/cache/bind";
            	listen-on { any; };
            	listen-on-v6 { any; };
            	recursion no;
            	allow-transfer { none; };
            	dnssec-validation no;
            	version none;

            """);
        return Raw(text, lines).Append("};\n").ToString();
    }

    public static string Zone(string zone, string file, IReadOnlyList<Source> clients, IList<Source> secondaries, IEnumerable<string> lines)
    {
        var text = new StringBuilder($"""
            // Managed by Converge: changes made here are undone by the next apply.
            zone "{zone}" {"{"}
            	type primary;
            	file "{file}";

            """);
        if (!clients.Contains(Source.Anywhere))
        {
            text.Append($"\tallow-query {List(clients)};\n");
        }

        if (secondaries.Count > 0)
        {
            text.Append($"\tallow-transfer {List(secondaries)};\n");
        }

        return Raw(text, lines).Append("};\n").ToString();
    }

    private static string List(IEnumerable<Source> sources) => !sources.Any() ? "{ none; }" : $"{{ {string.Concat(sources.Select(s => $"{s.Address}; "))}}}";

    private static StringBuilder Raw(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines.SelectMany(l => l.ReplaceLineEndings("\n").Split('\n')))
        {
            text.Append(line.Length == 0 ? "" : "\t").Append(line.TrimEnd()).Append('\n');
        }

        return text;
    }
}
