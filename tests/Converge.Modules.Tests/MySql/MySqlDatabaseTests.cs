using System.Linq;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class MySqlDatabaseTests
{
    private static readonly MySqlServerState Up = new(MySqlReach.Up) { Client = "mysql", Version = "9.7.4-2" };
    private static readonly MySqlDatabaseState Missing = new(Up, null);
    private static readonly MySqlDatabaseState Latin = new(Up, new MySqlCharset("latin1", "latin1_swedish_ci"));
    private static readonly MySqlDatabaseState Modern = new(Up, new MySqlCharset("utf8mb4", "utf8mb4_0900_ai_ci"));
    private static readonly MySqlDatabase Foobar = new("foobar") { Charset = "utf8mb4" };

    [Fact]
    public void It_keeps_the_laws() => ResourceLaws.Check(new LawExample<MySqlDatabaseState>(Foobar, Modern, Missing, Latin));

    [Theory]
    [InlineData(null, null, "CREATE DATABASE `foobar`;\n")]
    [InlineData("utf8mb4", null, "CREATE DATABASE `foobar` CHARACTER SET utf8mb4;\n")]
    [InlineData("utf8mb4", "utf8mb4_bin", "CREATE DATABASE `foobar` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;\n")]
    public void A_missing_database_is_made_with_its_defaults(string? charset, string? collation, string sql)
    {
        var changes = new MySqlDatabase("foobar") { Charset = charset, Collation = collation }.Diff(Missing, Describe.Context()).ToList();

        Assert.Equal("database", changes[0].Property);
        Assert.Equal(sql, RecordedServer.Sql(changes));
    }

    [Fact]
    public void Defaults_that_differ_are_changed_and_what_is_not_wanted_stays()
    {
        var changes = Foobar.Diff(Latin, Describe.Context()).ToList();

        Assert.StartsWith("charset: latin1 → utf8mb4 (runtime) [mysql --protocol=socket ", Describe.Changes(changes));
        Assert.Equal("ALTER DATABASE `foobar` CHARACTER SET utf8mb4;\n", RecordedServer.Sql(changes));
        Assert.Empty(new MySqlDatabase("foobar").Diff(Latin, Describe.Context()));
    }

    [Theory]
    [InlineData("utf8", "utf8_general_ci", "utf8mb3", "utf8mb3_general_ci")]
    [InlineData("utf8mb3", "utf8mb3_general_ci", "utf8", "utf8_general_ci")]
    [InlineData("UTF8MB4", "UTF8MB4_BIN", "utf8mb4", "utf8mb4_bin")]
    public void Names_that_a_server_takes_for_one_are_one(string charset, string collation, string foundCharset, string foundCollation) =>
        Assert.Empty(new MySqlDatabase("foobar") { Charset = charset, Collation = collation }.Diff(new MySqlDatabaseState(Up, new MySqlCharset(foundCharset, foundCollation)), Describe.Context()));

    [Fact]
    public void An_absent_database_is_dropped_with_its_data()
    {
        var absent = new MySqlDatabase("odd`name") { Absent = true };

        var change = Assert.Single(absent.Diff(Modern, Describe.Context()));

        Assert.Equal((Impact.Data, "odd`name", null), (change.Impact, change.From, change.To));
        Assert.Equal("DROP DATABASE `odd``name`;\n", RecordedServer.Sql([change]));
        Assert.Empty(absent.Diff(Missing, Describe.Context()));
        Assert.Empty(absent.Diff(new MySqlDatabaseState(new MySqlServerState(MySqlReach.Absent), null), Describe.Context()));
    }

    [Fact]
    public void On_a_fresh_host_the_plan_says_what_will_be_done()
    {
        var changes = Foobar.Diff(new MySqlDatabaseState(new MySqlServerState(MySqlReach.Absent), null), Describe.Context("package mariadb-server")).ToList();

        Assert.StartsWith("database: none → foobar [mariadb ", Describe.Changes(changes));
    }

    [Fact]
    public void A_stopped_server_that_is_about_to_start_leaves_it_open() => Assert.Equal(
        "database: perhaps foobar, decided after service mysql.service on host",
        Describe.Diff(Foobar, new MySqlDatabaseState(new MySqlServerState(MySqlReach.Down) { Client = "mysql" }, null), "service mysql.service"));

    [Fact]
    public void All_mistakes_are_told()
    {
        Assert.Equal(
            ["the name of a database has 1 to 64 characters, \"\" has 0", "\"utf-8\" is no name of a character set", "\"a b\" is no name of a collation"],
            new MySqlDatabase("") { Charset = "utf-8", Collation = "a b" }.Mistakes());
        Assert.Equal(["the server cannot live without this database"], new MySqlDatabase("MySQL") { Absent = true }.Mistakes());
        Assert.Equal(["the name of a database cannot end with a blank or contain NUL"], new MySqlDatabase("x ").Mistakes());
    }
}
