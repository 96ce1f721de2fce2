using System.Linq;

namespace Converge.Modules.Tests;

public sealed class MySqlAnswerTests
{
    public static TheoryData<string> Servers => RecordedServer.All;

    [Theory]
    [InlineData(RecordedServer.MySql, "mysql", "9.7.4-2", false, 72, 18, 12)]
    [InlineData(RecordedServer.OldMariaDb, "mariadb", "10.11.18-MariaDB-0+deb12u1", true, 38, 19, 13)]
    [InlineData(RecordedServer.MariaDb, "mariadb", "11.8.6-MariaDB-0+deb13u1 from Debian", true, 39, 20, 13)]
    public void A_server_says_what_it_is_and_what_ALL_means(string fixture, string client, string version, bool mariaDb, int all, int database, int table)
    {
        var server = RecordedServer.Read(fixture).Server;

        Assert.Equal(MySqlReach.Up, server.Reach);
        Assert.Equal((client, version, mariaDb), (server.Client, server.Version, server.IsMariaDb));
        Assert.Equal((all, database, table), (server.Privileges.Count, server.DatabasePrivileges, server.TablePrivileges));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Databases_are_found_under_any_name(string fixture)
    {
        var answer = RecordedServer.Read(fixture);

        Assert.Equal("utf8mb4", answer.Database("foobar").Charset!.Charset);
        Assert.Equal(new MySqlCharset("latin1", "latin1_swedish_ci"), answer.Database("odd`na_me%").Charset);
        Assert.Null(answer.Database("missing").Charset);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Schemas_that_were_run_are_listed_oldest_first(string fixture)
    {
        var answer = RecordedServer.Read(fixture);

        Assert.Equal([new string('b', 64), new string('a', 64)], answer.Schema("foobar", "guestbook").Hashes);
        Assert.Empty(answer.Schema("foobar", "new").Hashes);
        Assert.Empty(answer.Schema("missing", "guestbook").Hashes);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Accounts_come_with_how_they_log_in_and_what_they_may(string fixture)
    {
        var answer = RecordedServer.Read(fixture);

        var app = answer.User("app", "10.77.0.31").Account!;
        Assert.True(app.Password.Fits(Secret.FromValue("APP", "horse battery staple")));
        Assert.Equal(["*.* USAGE", "foobar.* SELECT", "foobar.* INSERT", "foobar.* UPDATE"], app.Rights.Select(r => $"{r.Level} {r.Right}"));
        Assert.True(answer.User("many", "%").Account!.Password.Fits(Secret.FromValue("MANY", "pä'ss\"\\w")));
        Assert.NotNull(answer.User("odd'\"`\\", "%").Account);
        Assert.Null(answer.User("missing", "%").Account);
        Assert.Contains(answer.User("sock", "localhost").Account!.Password.Plugin, (string[])["auth_socket", "unix_socket"]);
    }

    [Fact]
    public void A_host_without_server_and_client_has_none()
    {
        var server = MySqlAnswer.Read(Answer.FromText("client\t\nserver\tnone\n")).Server;

        Assert.Equal(MySqlReach.Absent, server.Reach);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_down_and_why_is_kept()
    {
        const string Said = "ERROR 2002 (HY000): Can't connect to local server through socket '/run/mysqld/mysqld.sock' (2)\n";

        var server = MySqlAnswer.Read(Answer.FromText("client\tmariadb\nserver\tfound\n", Said, 1)).Server;

        Assert.Equal(MySqlReach.Down, server.Reach);
        Assert.Equal(Said.TrimEnd(), server.Problem);
    }

    [Fact]
    public void An_answer_that_breaks_off_is_a_failure()
    {
        var failure = Assert.Throws<ProbeException>(() => MySqlAnswer.Read(Answer.FromText("client\tmysql\nserver\tfound\nversion\t9.7.4\n", "ERROR 1146 (42S02) at line 9: no such table\n", 1)));

        Assert.Equal("asking the MySQL server failed with exit code 1: ERROR 1146 (42S02) at line 9: no such table", failure.Message);
    }
}
