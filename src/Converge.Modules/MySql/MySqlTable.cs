using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>A table, to give privileges on it. It is not made: <see cref="MySqlSchema"/> makes tables.</summary>
/// <param name="Database">Name of its database.</param>
/// <param name="TableName">Its name.</param>
public sealed record MySqlTable(string Database, string TableName)
{
    /// <summary>Privileges on this table; <c>ALL</c> means what the server takes it for.</summary>
    public MySqlGrant Allow(params IReadOnlyList<string> privileges) => MySqlGrant.OnTable(Database, TableName, privileges);
}
