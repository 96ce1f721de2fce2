namespace Converge.Modules;

/// <summary>Which of the two servers of the family.</summary>
public enum MySqlFlavor
{
    /// <summary>MySQL: package <c>mysql-server</c>, unit <c>mysql.service</c>.</summary>
    MySql,

    /// <summary>MariaDB: package <c>mariadb-server</c>, unit <c>mariadb.service</c>.</summary>
    MariaDb,
}
