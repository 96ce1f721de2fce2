using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>What privileges are on: everything, the databases that a pattern fits, or a table.</summary>
/// <param name="Database">As the grant tables hold it: with wildcards for databases, plain for a table. Null: everything.</param>
/// <param name="Table">Null: all tables.</param>
internal readonly record struct GrantLevel(string? Database, string? Table)
{
    public string ToSql() => Database is null ? "*.*" : $"{SqlText.Identifier(Database)}.{(Table is null ? "*" : SqlText.Identifier(Table))}";

    public override string ToString() => $"{Database ?? "*"}.{Table ?? "*"}";
}

/// <summary>One privilege, on all that its level is on or on one column.</summary>
/// <param name="Privilege">In capitals, such as <c>SELECT</c>.</param>
/// <param name="Column">Null: not on a column.</param>
internal readonly record struct GrantRight(string Privilege, string? Column)
{
    public const string All = "ALL";
    public const string GrantOption = "GRANT OPTION";
    public const string None = "USAGE";

    // MariaDB accepts these names but does not show them.
    private static readonly Dictionary<string, string> _mariaDbNames = new(StringComparer.Ordinal)
    {
        ["REPLICATION CLIENT"] = "BINLOG MONITOR",
        ["REPLICATION REPLICA"] = "REPLICATION SLAVE",
        ["REPLICATION REPLICA ADMIN"] = "REPLICATION SLAVE ADMIN",
        ["REPLICA MONITOR"] = "SLAVE MONITOR",
        ["DELETE VERSIONING ROWS"] = "DELETE HISTORY",
    };

    /// <summary>Dynamic privileges of MySQL, the ones with underscores, carry each its own grant option.</summary>
    public bool IsDynamic => Privilege.Contains('_') && !Privilege.Contains(' ');

    /// <summary>Capitals, single blanks, one name for ALL.</summary>
    public static string Canonical(string privilege)
    {
        var name = string.Join(' ', privilege.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return name == "ALL PRIVILEGES" ? All : name;
    }

    /// <summary>The name under which the server shows a privilege.</summary>
    public static string Shown(string privilege, MySqlServerState server)
    {
        var name = Canonical(privilege);
        return server.IsMariaDb ? _mariaDbNames.GetValueOrDefault(name, name) : name;
    }

    public string ToSql() => Column is null ? Privilege : $"{Privilege} ({SqlText.Identifier(Column)})";

    public override string ToString() => Column is null ? Privilege : $"{Privilege} ({Column})";
}

/// <summary>A privilege that an account has.</summary>
/// <param name="Level">On what.</param>
/// <param name="Right">Which.</param>
/// <param name="Grantable">It may be passed on.</param>
internal sealed record HeldRight(GrantLevel Level, GrantRight Right, bool Grantable);

/// <summary>All that an account shall have on one level.</summary>
/// <param name="Rights">Empty when <see cref="All"/>, but for columns.</param>
/// <param name="All">Everything that the server knows for such a level.</param>
/// <param name="Option">And it may pass it on.</param>
internal sealed record WantedRights(IReadOnlySet<GrantRight> Rights, bool All, bool Option)
{
    public static WantedRights Nothing { get; } = new(new HashSet<GrantRight>(), false, false);

    /// <summary>Several grants on one level are one.</summary>
    public static Dictionary<GrantLevel, WantedRights> ByLevel(IEnumerable<MySqlGrant> grants, MySqlServerState server) =>
        grants.GroupBy(g => LevelOf(g, server)).ToDictionary(level => level.Key, level => Of([.. level], server));

    private static GrantLevel LevelOf(MySqlGrant grant, MySqlServerState server) =>
        new(grant.Database is null || grant.Table is not null || server.PartialRevokes ? grant.Database : SqlText.GrantPattern(grant.Database), grant.Table);

    private static WantedRights Of(IReadOnlyList<MySqlGrant> grants, MySqlServerState server)
    {
        var rights = grants.SelectMany(g => RightsOf(g, server)).ToHashSet();
        var option = grants.Any(g => g.GrantOption) || rights.Any(r => r.Privilege == GrantRight.GrantOption);
        var all = rights.Any(r => r.Privilege == GrantRight.All);
        rights.RemoveWhere(r => r.Privilege is GrantRight.All or GrantRight.GrantOption or GrantRight.None || (all && r.Column is null));
        return new WantedRights(rights, all, option);
    }

    private static IEnumerable<GrantRight> RightsOf(MySqlGrant grant, MySqlServerState server) =>
        from privilege in grant.Privileges
        let name = GrantRight.Shown(privilege, server)
        from column in grant.Columns.Count == 0 ? [null] : grant.Columns.Cast<string?>()
        select new GrantRight(name, column);
}
