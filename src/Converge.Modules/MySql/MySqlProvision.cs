using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>What the resources of a server bring to each other on their host.</summary>
internal static class MySqlProvision
{
    /// <summary>The services that a server may run as.</summary>
    public static IReadOnlyList<Provision> Servers { get; } = [Provision.Service("mysql.service"), Provision.Service("mariadb.service")];

    public static Provision Database(string name) => new("mysql-database", name);

    /// <summary>The tables that the schemas of a database bring.</summary>
    public static Provision Tables(string database) => new("mysql-tables", database);
}
