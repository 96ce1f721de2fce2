using System.Collections.Generic;
using System.Globalization;

namespace Converge.Modules;

/// <summary>The option file of a server, and the way to have it checked by the server.</summary>
internal static class MySqlConfig
{
    // Since 8.0.16. The path must be part of the same argument.
    private const string MySqlCheck = """exec mysqld --defaults-file="$1" --validate-config""";

    // MariaDB has no --validate-config. --help reads the whole configuration and fails on unknown variables, but it ends with 0 when an InnoDB
    // option is wrong ("Disabling plugin", seen with 10.11 and 11.8), after which the real start fails: so errors are looked for as well.
    // An empty data directory keeps it away from the tables of the running server, which it would call crashed.
    private const string MariaDbCheck = """
        empty=$(mktemp -d) || exit 1
        said=$(mariadbd --defaults-file="$1" --datadir="$empty" --verbose --help 2>&1 >/dev/null)
        code=$?
        rm -rf "$empty"
        printf '%s\n' "$said" | grep -F '[ERROR]' >&2 && exit 1
        [ "$code" = 0 ] || printf '%s\n' "$said" >&2
        exit "$code"
        """;

    public static Content Render(MySqlServer server)
    {
        List<Content> parts = ["# Managed by Converge.\n[mysqld]\n"];
        if (server.BindAddress is { } address)
        {
            parts.Add($"bind_address = {address}\n");
        }

        parts.Add(string.Create(CultureInfo.InvariantCulture, $"port = {server.Port}\n"));
        foreach (var (name, setting) in server.Settings)
        {
            parts.AddRange([$"{name} = ", setting.Value, "\n"]);
        }

        return Content.Concat(parts);
    }

    /// <summary>What checks a new option file before it replaces the old one.</summary>
    public static Validation CheckOf(MySqlFlavor flavor) =>
        new("sh", ["-c", flavor == MySqlFlavor.MySql ? MySqlCheck : MariaDbCheck, "sh", Validation.NewFile]);
}
