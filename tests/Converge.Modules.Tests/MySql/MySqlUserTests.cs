using System;
using System.Linq;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class MySqlUserTests
{
    private const string Staple = "horse battery staple";
    private const string Plain = "SET SESSION sql_mode = '';\n";

    private static readonly MySqlDatabase Foobar = new("foobar");
    private static readonly MySqlUser App = new("app", "10.77.0.31") { Password = Secret.FromValue("APP_PASSWORD", Staple), Grants = { Foobar.Allow("SELECT", "INSERT", "UPDATE") } };
    private static readonly MySqlServerState Fresh = new(MySqlReach.Absent);
    private static readonly MySqlServerState Down = new(MySqlReach.Down) { Client = "mysql", Problem = "ERROR 2002 (HY000): Can't connect to local MySQL server through socket" };

    public static TheoryData<string> Servers => RecordedServer.All;

    [Theory]
    [MemberData(nameof(Servers))]
    public void It_keeps_the_laws(string fixture)
    {
        var answer = RecordedServer.Read(fixture);

        ResourceLaws.Check(new LawExample<MySqlUserState>(App, answer.User("app", "10.77.0.31"), answer.User("missing", "%"), answer.User("many", "%"), answer.User("sock", "localhost"))
        {
            Secrets = [App.Password!],
        });
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void An_absent_account_is_dropped_once(string fixture)
    {
        var (answer, absent) = (RecordedServer.Read(fixture), new MySqlUser("app", "10.77.0.31") { Absent = true });

        var changes = absent.Diff(answer.User("app", "10.77.0.31"), Describe.Context()).ToList();

        Assert.StartsWith("account: app@10.77.0.31 → none (runtime) [m", Describe.Changes(changes));
        Assert.Equal(Plain + "DROP USER 'app'@'10.77.0.31';\n", RecordedServer.Sql(changes));
        Assert.Empty(absent.Diff(answer.User("missing", "%"), Describe.Context()));
        Assert.Empty(absent.Diff(new MySqlUserState(Fresh, null), Describe.Context()));
    }

    [Theory]
    [InlineData(RecordedServer.MySql, "CREATE USER 'app'@'10.77.0.31' IDENTIFIED BY '***';\n")]
    [InlineData(RecordedServer.MariaDb, "CREATE USER 'app'@'10.77.0.31' IDENTIFIED VIA mysql_native_password USING '***';\n")]
    public void A_new_account_is_made_with_its_grants_in_one_go(string fixture, string create)
    {
        var changes = App.Diff(RecordedServer.Read(fixture).User("missing", "%"), Describe.Context()).ToList();

        Assert.Equal(["account: app@10.77.0.31", "password: «secret APP_PASSWORD»", @"grants on foobar.*: INSERT, SELECT, UPDATE"], changes.Select(c => $"{c.Property}: {c.To}"));
        Assert.Equal([1, 0, 0], changes.Select(c => c.Steps.Count));
        Assert.Equal($"{Plain}{create}GRANT INSERT, SELECT, UPDATE ON `foobar`.* TO 'app'@'10.77.0.31';\n", RecordedServer.Sql(changes));
    }

    [Fact]
    public void MySql_gets_the_password_and_only_by_standard_input()
    {
        var user = App with { Password = Secret.FromValue("ODD_PASSWORD", @"it's \odd") };

        var changes = user.Diff(RecordedServer.Read(RecordedServer.MySql).User("missing", "%"), Describe.Context()).ToList();

        Assert.Contains(@"IDENTIFIED BY 'it\'s \\odd';", RecordedServer.ResolvedSql(changes), StringComparison.Ordinal);
        Assert.DoesNotContain("odd", Describe.Changes(changes).Replace("ODD_PASSWORD", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void MariaDb_gets_the_hash_for_it_would_log_the_password()
    {
        var changes = App.Diff(RecordedServer.Read(RecordedServer.MariaDb).User("missing", "%"), Describe.Context()).ToList();

        Assert.Contains($"USING '{NativePassword.Of(Staple)}';", RecordedServer.ResolvedSql(changes), StringComparison.Ordinal);
        Assert.DoesNotContain(Staple, RecordedServer.ResolvedSql(changes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RecordedServer.MySql, "caching_sha2_password BY '***'")]
    [InlineData(RecordedServer.MariaDb, "")]
    public void Another_password_is_set_and_no_hash_shows(string fixture, string identified)
    {
        var answer = RecordedServer.Read(fixture);
        var user = App with { Password = Secret.FromValue("NEW_PASSWORD", "correct horse") };

        var changes = user.Diff(answer.User("app", "10.77.0.31"), Describe.Context()).ToList();

        var change = Assert.Single(changes);
        Assert.Equal("password: another → «secret NEW_PASSWORD»", $"{change.Property}: {change.From} → {change.To}");
        Assert.Contains($"ALTER USER 'app'@'10.77.0.31' IDENTIFIED ", RecordedServer.Sql(changes), StringComparison.Ordinal);
        Assert.Contains(identified, RecordedServer.Sql(changes), StringComparison.Ordinal);
        foreach (var hidden in new[] { "correct horse", Staple, NativePassword.Of("correct horse"), NativePassword.Of(Staple) })
        {
            Assert.DoesNotContain(hidden, $"{Describe.Changes(changes)} {RecordedServer.Sql(changes)} {answer.User("app", "10.77.0.31")}", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(RecordedServer.MySql, "auth_socket", "caching_sha2_password")]
    [InlineData(RecordedServer.MariaDb, "unix_socket", "mysql_native_password")]
    public void An_account_that_went_by_the_system_account_gets_a_password(string fixture, string from, string to)
    {
        var user = new MySqlUser("sock") { Password = App.Password };

        var changes = user.Diff(RecordedServer.Read(fixture).User("sock", "localhost"), Describe.Context()).ToList();

        Assert.Equal([$"plugin: {from} → {to}", "password:  → «secret APP_PASSWORD»"], changes.Select(c => $"{c.Property}: {c.From} → {c.To}"));
    }

    [Fact]
    public void A_password_that_cannot_be_compared_is_not_overwritten_again_and_again()
    {
        var state = new MySqlUserState(RecordedServer.Read(RecordedServer.MariaDb).Server, new MySqlAccount(new StoredPassword("parsec", [80]), []));

        var failure = Assert.Throws<ConvergeException>(() => new MySqlUser("app") { Password = App.Password }.Diff(state, Describe.Context()).ToList());

        Assert.Equal("the account logs in by parsec, with which a password cannot be compared", failure.Message);
        Assert.Equal("Say what it shall become, such as Plugin = \"mysql_native_password\", or leave Password out to keep it.", failure.Remedy);
    }

    [Fact]
    public void An_account_is_never_made_without_a_way_to_log_in()
    {
        var failure = Assert.Throws<ConvergeException>(() => new MySqlUser("app").Diff(RecordedServer.Read(RecordedServer.MySql).User("missing", "%"), Describe.Context()).ToList());

        Assert.Equal("the account does not exist, and a new one without a password would let anyone in", failure.Message);
    }

    [Fact]
    public void Without_password_and_grants_an_account_is_left_as_found() =>
        Assert.Empty(new MySqlUser("many", "%").Diff(RecordedServer.Read(RecordedServer.MySql).User("many", "%"), Describe.Context()));

    [Theory]
    [InlineData("package mysql-server", "mysql")]
    [InlineData("package mariadb-server", "mariadb")]
    public void On_a_fresh_host_the_plan_says_what_will_be_done(string pending, string client)
    {
        var changes = App.Diff(new MySqlUserState(Fresh, null), Describe.Context(pending)).ToList();

        Assert.Equal(["account", "password", "grants on foobar.*"], changes.Select(c => c.Property));
        Assert.Equal(client, Assert.IsType<RunProgram>(Assert.Single(changes[0].Steps)).Program);
        Assert.DoesNotContain(changes, c => c.Undecided);
    }

    [Fact]
    public void Below_a_stopped_server_that_will_be_started_nothing_is_guessed() => Assert.Equal(
        "account: perhaps app@10.77.0.31, decided after service mysql.service on host",
        Describe.Diff(App, new MySqlUserState(Down, null), "file /etc/mysql/mysql.conf.d/zz-converge.cnf", "service mysql.service", "mysql-database foobar"));

    [Fact]
    public void A_server_that_is_down_for_no_reason_is_a_failure_with_a_way_to_see_why()
    {
        var failure = Assert.Throws<ProbeException>(() => Describe.Diff(App, new MySqlUserState(Down, null)));

        Assert.Equal("the server does not answer on its socket: ERROR 2002 (HY000): Can't connect to local MySQL server through socket", failure.Message);
        Assert.Equal("To see why, run on the host:\n    systemctl status mysql mariadb\n    journalctl -u mysql -u mariadb -n 20", failure.Remedy);
    }

    [Fact]
    public void A_server_that_refuses_root_is_a_failure_with_the_two_ways_out()
    {
        var state = new MySqlUserState(Down with { Problem = "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: NO)" }, null);

        var failure = Assert.Throws<ProbeException>(() => Describe.Diff(App, state));

        Assert.StartsWith("the server does not let root in over its socket: ERROR 1045", failure.Message);
        Assert.Contains("/root/.my.cnf", failure.Remedy);
    }

    [Fact]
    public void Without_any_server_in_sight_the_remedy_is_to_add_one() =>
        Assert.Equal("no MySQL or MariaDB server is installed", Assert.Throws<ProbeException>(() => Describe.Diff(App, new MySqlUserState(Fresh, null))).Message);

    [Fact]
    public void A_host_of_the_fleet_is_let_in_through_the_firewall_and_a_pattern_is_not()
    {
        var fleet = new Fleet();
        var (db, app) = (fleet.Host("db1", "10.77.0.41"), fleet.Host("app1", "10.77.0.31"));

        Assert.Equal("app@10.77.0.31", new MySqlUser("app", app).Name);
        Assert.Equal([new Connection(app, db.Port(3306))], new MySqlUser("app", app).Connections(db));
        Assert.Empty(new MySqlUser("app", app) { Absent = true }.Connections(db));
        Assert.Empty(new MySqlUser("app", db).Connections(db));
        Assert.Empty(new MySqlUser("app", "10.77.0.%").Connections(db));
    }

    [Fact]
    public void All_mistakes_are_told()
    {
        var user = new MySqlUser("", "") { Plugin = "auth_socket", Password = App.Password, Grants = { Foobar.Allow(), Foobar.Allow("ALL").OnColumns("id"), MySqlGrant.OnEverything("SELECT; DROP") } };

        Assert.Equal(
        [
            "an account has a name and a place that it logs in from",
            "auth_socket goes by the system account and takes no password",
            "a grant on foobar.* names no privilege",
            "a grant on columns names no table: begin with database.Table(…)",
            "ALL cannot be given on columns of foobar.*: name the privileges",
            "\"SELECT; DROP\" is no name of a privilege",
        ],
        user.Mistakes());
    }

    [Theory]
    [InlineData("sha256_password", true, "a password of plugin sha256_password cannot be compared with what the server stores: use caching_sha2_password, mysql_native_password or ed25519")]
    [InlineData("ed25519", false, "plugin ed25519 needs a password: give Password")]
    [InlineData("it's", false, "\"it's\" is no name of an authentication plugin")]
    public void Plugins_and_passwords_must_go_together(string plugin, bool password, string mistake) =>
        Assert.Equal([mistake], new MySqlUser("app") { Plugin = plugin, Password = password ? App.Password : null }.Mistakes());
}
