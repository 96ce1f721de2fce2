using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Privileges that an account shall have on everything, on a database, on a table or on columns.</summary>
/// <example>
/// <code>
/// db.Add(new MySqlUser("report", from: "10.77.0.%")
/// {
///     Password = password,
///     Grants =
///     {
///         data.Table("entries").Allow("SELECT").OnColumns("id", "message"),
///         MySqlGrant.OnEverything("PROCESS"),
///     },
/// });
/// </code>
/// </example>
public sealed record MySqlGrant
{
    private MySqlGrant(string? database, string? table, IReadOnlyList<string> privileges) => (Database, Table, Privileges) = (database, table, privileges);

    /// <summary>Name of a database, in which <c>_</c> and <c>%</c> stand for themselves. Null: all of the server.</summary>
    public string? Database { get; }

    /// <summary>Name of a table. Null: all of the database.</summary>
    public string? Table { get; }

    /// <summary>Names of columns. Empty: all of the table.</summary>
    public IReadOnlyList<string> Columns { get; private init; } = [];

    /// <summary>As the server calls them, in any case.</summary>
    public IReadOnlyList<string> Privileges { get; }

    /// <summary>The account may pass the privileges on.</summary>
    public bool GrantOption { get; private init; }

    /// <summary>Privileges on everything: <c>PROCESS</c>, <c>REPLICATION SLAVE</c>, or what shall hold for all databases.</summary>
    public static MySqlGrant OnEverything(params IReadOnlyList<string> privileges) => new(null, null, privileges);

    /// <summary>Privileges on a database that this script does not describe; else use <see cref="MySqlDatabase.Allow"/>.</summary>
    public static MySqlGrant OnDatabase(string database, params IReadOnlyList<string> privileges) => new(database, null, privileges);

    /// <summary>The same privileges, which the account may pass on.</summary>
    public MySqlGrant WithGrantOption() => this with { GrantOption = true };

    /// <summary>The same privileges on some columns only.</summary>
    public MySqlGrant OnColumns(params IReadOnlyList<string> columns) => this with { Columns = columns };

    internal static MySqlGrant OnTable(string database, string table, IReadOnlyList<string> privileges) => new(database, table, privileges);

    internal IEnumerable<string> Mistakes()
    {
        if (Privileges.Count == 0)
        {
            yield return $"a grant on {this} names no privilege";
        }

        if (Columns.Count > 0 && Table is null)
        {
            yield return $"a grant on columns names no table: begin with database.Table(…)";
        }

        if (Columns.Count > 0 && Privileges.Any(p => GrantRight.Canonical(p) == GrantRight.All))
        {
            yield return $"ALL cannot be given on columns of {this}: name the privileges";
        }

        foreach (var privilege in Privileges.Where(p => !p.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_')))
        {
            yield return $"\"{privilege}\" is no name of a privilege";
        }

        foreach (var mistake in MySqlName.Mistakes("database", Database ?? "x").Concat(MySqlName.Mistakes("table", Table ?? "x")).Concat(Columns.SelectMany(c => MySqlName.Mistakes("column", c))))
        {
            yield return mistake;
        }
    }

    /// <summary>What it is on: <c>foobar.*</c>.</summary>
    public override string ToString() => $"{Database ?? "*"}.{Table ?? "*"}";
}
