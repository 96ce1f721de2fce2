using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>A database of the host's MySQL or MariaDB server.</summary>
/// <param name="DatabaseName">Any name of up to 64 characters; it is quoted wherever it is used.</param>
/// <example>
/// <code>
/// var data = db.Add(new MySqlDatabase("foobar") { Charset = "utf8mb4" });
/// db.Add(new MySqlUser("app", from: app) { Password = password, Grants = { data.Allow("SELECT", "INSERT") } });
/// </code>
/// </example>
public sealed record MySqlDatabase(string DatabaseName) : Resource<MySqlDatabaseState>
{
    /// <summary>Default character set of new tables. Null: left as found, the server's default for a new database.</summary>
    public string? Charset { get; init; }

    /// <summary>Default collation of new tables. Null: left as found; that of <see cref="Charset"/> when this changes.</summary>
    public string? Collation { get; init; }

    /// <summary>The database shall not exist: it is dropped with all that is in it.</summary>
    public bool Absent { get; init; }

    /// <inheritdoc/>
    public override string Kind => "mysql-database";

    /// <inheritdoc/>
    public override string Name => DatabaseName;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => [MySqlProvision.Database(DatabaseName)];

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs => MySqlProvision.Servers;

    /// <summary>Privileges on everything in this database; <c>ALL</c> means what the server takes it for.</summary>
    public MySqlGrant Allow(params IReadOnlyList<string> privileges) => MySqlGrant.OnDatabase(DatabaseName, privileges);

    /// <summary>One of its tables, to give privileges on it alone.</summary>
    public MySqlTable Table(string name) => new(DatabaseName, name);

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes()
    {
        foreach (var mistake in MySqlName.Mistakes("database", DatabaseName))
        {
            yield return mistake;
        }

        if (Charset is not null && !MySqlName.IsWord(Charset))
        {
            yield return $"\"{Charset}\" is no name of a character set";
        }

        if (Collation is not null && !MySqlName.IsWord(Collation))
        {
            yield return $"\"{Collation}\" is no name of a collation";
        }

        if (Absent && DatabaseName.ToLowerInvariant() is "mysql" or "sys" or "information_schema" or "performance_schema")
        {
            yield return "the server cannot live without this database";
        }
    }

    /// <inheritdoc/>
    public override Query<MySqlDatabaseState> Query => MySqlQuestion.Database(DatabaseName);

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(MySqlDatabaseState state, DiffContext context)
    {
        if (Absent && state.Server.Reach == MySqlReach.Absent)
        {
            return [];
        }

        if (state.Server.Undecided("database", Absent ? null : DatabaseName, context) is { } undecided)
        {
            return [undecided];
        }

        var client = state.Server.Expected(context).Client;
        return (Absent, state.Charset) switch
        {
            (true, null) => [],
            (true, _) => [new Change("database", DatabaseName, null, Impact.Data) { Steps = [Send(client, "DROP DATABASE ")] }],
            (false, null) => Create(client),
            (false, var found) => Alter(client, found),
        };
    }

    private List<Change> Create(string client)
    {
        List<Change> changes = [new("database", null, DatabaseName) { Steps = [Send(client, "CREATE DATABASE ")] }];
        changes.AddRange(Defaults(null));
        return changes;
    }

    private List<Change> Alter(string client, MySqlCharset found)
    {
        List<Change> changes = [.. Defaults(found)];
        if (changes.Count > 0)
        {
            changes[0] = changes[0] with { Steps = [Send(client, "ALTER DATABASE ")] };
        }

        return changes;
    }

    private IEnumerable<Change> Defaults(MySqlCharset? found)
    {
        if (Charset is not null && MySqlName.Charset(Charset) != MySqlName.Charset(found?.Charset))
        {
            yield return new Change("charset", found?.Charset, Charset, Impact.Runtime);
        }

        if (Collation is not null && MySqlName.Collation(Collation) != MySqlName.Collation(found?.Collation))
        {
            yield return new Change("collation", found?.Collation, Collation, Impact.Runtime);
        }
    }

    private RunProgram Send(string client, string verb)
    {
        var defaults = Absent ? "" : (Charset is null ? "" : $" CHARACTER SET {Charset}") + (Collation is null ? "" : $" COLLATE {Collation}");
        return MySqlClient.Send(client, $"{verb}{SqlText.Identifier(DatabaseName)}{defaults};\n");
    }
}

/// <summary>A database as found.</summary>
/// <param name="Server">The server.</param>
/// <param name="Charset">Its defaults; null when there is no such database.</param>
public sealed record MySqlDatabaseState(MySqlServerState Server, MySqlCharset? Charset);

/// <summary>Defaults of a database.</summary>
/// <param name="Charset">Character set, as the server calls it.</param>
/// <param name="Collation">Collation, as the server calls it.</param>
public sealed record MySqlCharset(string Charset, string Collation);
