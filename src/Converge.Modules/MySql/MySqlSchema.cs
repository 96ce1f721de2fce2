using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>SQL that is run once for each content: tables, first rows, migrations that only go forward.</summary>
/// <remarks>
/// What was run is recorded in the table <c>converge_schema</c> of the database itself, so that a dump carries the record along and a restored
/// or dropped database is judged by what is really in it. What follows the last DDL statement is committed together with the record; DDL itself
/// cannot be rolled back, so a run that is killed in the middle runs the SQL again: write <c>IF NOT EXISTS</c>. Returning to a content that was run
/// before does not run it again. Secrets in the SQL do not count for what its content is.
/// </remarks>
/// <param name="SchemaName">Up to 190 characters, unique in its database.</param>
/// <param name="Database">Where it runs, and where the record is kept.</param>
/// <example>
/// <code>
/// db.Add(new MySqlSchema("guestbook", data)
/// {
///     Sql = """
///         CREATE TABLE IF NOT EXISTS entries (
///           id INT AUTO_INCREMENT PRIMARY KEY,
///           message TEXT NOT NULL
///         );
///         """,
/// });
/// </code>
/// </example>
public sealed partial record MySqlSchema(string SchemaName, MySqlDatabase Database) : Resource<MySqlSchemaState>
{
    private const int LongestName = 190;
    private const int LargestShown = 64 * 1024;

    /// <summary>The statements, as the command line client takes them (<c>DELIMITER</c> works).</summary>
    public required Content Sql { get; init; }

    /// <summary>How long it may take. Default: 10 minutes.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public override string Kind => "mysql-schema";

    /// <summary>Database and name: <c>foobar.guestbook</c>.</summary>
    public override string Name => $"{Database.DatabaseName}.{SchemaName}";

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => [MySqlProvision.Tables(Database.DatabaseName)];

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs => [.. MySqlProvision.Servers, MySqlProvision.Database(Database.DatabaseName)];

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes()
    {
        if (SchemaName.Length is 0 or > LongestName)
        {
            yield return $"the name of a schema has 1 to {LongestName} characters";
        }

        if (Database.Absent)
        {
            yield return $"its database {Database.DatabaseName} shall be absent";
        }

        if (SecretMask.IsIn(Sql))
        {
            yield return SecretMask.Mistake(nameof(Sql));
        }
    }

    /// <inheritdoc/>
    public override Query<MySqlSchemaState> Query => MySqlQuestion.Schema(Database.DatabaseName, SchemaName);

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(MySqlSchemaState state, DiffContext context)
    {
        var shown = Sql.Render(context.Facts);
        var hash = Convert.ToHexStringLower(SHA256.HashData(shown));
        if (state.Server.Undecided("sql", Shorten(hash), context) is { } undecided)
        {
            return [undecided];
        }

        if (state.Hashes.Contains(hash))
        {
            return [];
        }

        var client = state.Server.Expected(context).Client;
        return
        [
            new Change("sql", state.Hashes.Count > 0 ? Shorten(state.Hashes[^1]) : null, Shorten(hash), Impact.Data)
            {
                Steps = [MakeRecord(client), Run(client, shown, hash)],
                TextDiff = shown.Length > LargestShown ? null : UnifiedDiff.Of("", Encoding.UTF8.GetString(shown), Name),
            },
        ];
    }

    private RunProgram MakeRecord(string client) => MySqlClient.Send(client, $"""
        CREATE TABLE IF NOT EXISTS {SqlText.Identifier(Database.DatabaseName)}.`converge_schema` (
          name VARCHAR({LongestName}) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
          sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
          applied_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
          PRIMARY KEY (name, sha256)
        ) ENGINE=InnoDB;

        """);

    // Nothing stands before the SQL, so that line numbers in the server's messages are those of the SQL. What the SQL left open is closed with
    // the delimiter that it used last, for the client obeys DELIMITER only between statements.
    private RunProgram Run(string client, byte[] shown, string hash)
    {
        var delimiter = Delimiter().Matches(Encoding.UTF8.GetString(shown)) is { Count: > 0 } found ? found[^1].Groups[1].Value : ";";
        var record = $"""

            {delimiter}
            DELIMITER ;
            INSERT INTO {SqlText.Identifier(Database.DatabaseName)}.`converge_schema` (name, sha256) VALUES ({SqlText.Utf8(SchemaName)}, '{hash}');
            COMMIT;

            """;
        return MySqlClient.Send(client, Content.Concat([Sql, record]), "--init-command=SET SESSION autocommit = 0", $"--database={Database.DatabaseName}") with { Deadline = Deadline };
    }

    private static string Shorten(string hash) => $"sha256 {hash[..12]}";

    [GeneratedRegex(@"^[ \t]*delimiter[ \t]+(\S+)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Delimiter();
}

/// <summary>A schema as found.</summary>
/// <param name="Server">The server.</param>
/// <param name="Hashes">SHA-256 of each content that was run, oldest first.</param>
public sealed record MySqlSchemaState(MySqlServerState Server, IReadOnlyList<string> Hashes);
