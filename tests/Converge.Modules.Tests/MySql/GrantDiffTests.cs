using System;
using System.Linq;

namespace Converge.Modules.Tests;

/// <summary>Against what real servers answered of the account <c>many</c>, which has rights of every kind.</summary>
public sealed class GrantDiffTests
{
    private const string Account = "'many'@'%'";

    private static readonly MySqlDatabase FooBar = new("foo_bar");
    private static readonly MySqlTable Entries = new("foobar", "entries");

    private static readonly MySqlGrant[] AsRecorded =
    [
        MySqlGrant.OnEverything("process", " Replication  Client "),
        FooBar.Allow("ALL PRIVILEGES").WithGrantOption(),
        Entries.Allow("ALL"),
        Entries.Allow("SELECT", "UPDATE").OnColumns("id"),
        Entries.Allow("update").OnColumns("message"),
    ];

    public static TheoryData<string> Servers => RecordedServer.All;

    [Theory]
    [MemberData(nameof(Servers))]
    public void A_grant_on_a_name_with_an_underscore_is_not_one_on_its_pattern(string fixture)
    {
        var diff = Diff(fixture, "many", "%", AsRecorded);

        Assert.Equal("grants on foo_bar.*: SELECT → none (runtime)", Describe.Changes(diff.Changes));
        Assert.Equal([$"REVOKE SELECT ON `foo_bar`.* FROM {Account};\n"], diff.Statements);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void ALL_is_what_the_server_takes_it_for_at_each_level(string fixture)
    {
        Assert.Empty(Diff(fixture, "boss", "localhost", MySqlGrant.OnEverything("ALL").WithGrantOption()).Changes);
        Assert.Empty(Diff(fixture, "boss", "localhost", [MySqlGrant.OnEverything([.. RecordedServer.Read(fixture).Server.Privileges, "GRANT OPTION"])]).Changes);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void Less_than_all_is_not_all(string fixture)
    {
        var answer = RecordedServer.Read(fixture);
        var held = answer.User("many", "%").Account!.Rights.Where(r => r.Right.Privilege != "EVENT" && r.Level.Database == @"foo\_bar").ToList();

        var diff = GrantDiff.Of([FooBar.Allow("ALL").WithGrantOption()], held, answer.Server, Account);

        Assert.Equal($"GRANT ALL ON `foo\\_bar`.* TO {Account} WITH GRANT OPTION;\n", Assert.Single(diff.Statements));
        Assert.Equal("ALL with grant option", Assert.Single(diff.Changes).To);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void What_is_given_comes_before_what_is_taken(string fixture)
    {
        var diff = Diff(fixture, "app", "10.77.0.31", MySqlGrant.OnDatabase("foobar", "SELECT", "DELETE"), MySqlGrant.OnDatabase("zzz", "SELECT"));

        Assert.Equal(
            [
                $"GRANT DELETE ON `foobar`.* TO {Account};\n",
                $"GRANT SELECT ON `zzz`.* TO {Account};\n",
                $"REVOKE INSERT, UPDATE ON `foobar`.* FROM {Account};\n",
            ],
            diff.Statements);
        Assert.Equal(["grants on foobar.*: INSERT, SELECT, UPDATE → DELETE, SELECT (runtime)", "grants on zzz.*: none → SELECT (runtime)"], Describe.Changes(diff.Changes).Split('\n'));
    }

    [Fact]
    public void Columns_are_told_apart()
    {
        var diff = Diff(RecordedServer.MySql, "many", "%", [.. AsRecorded[..4], Entries.Allow("INSERT").OnColumns("odd`name"), MySqlGrant.OnDatabase("foo_bar", "SELECT")]);

        Assert.Contains($"GRANT INSERT (`odd``name`) ON `foobar`.`entries` TO {Account};\n", diff.Statements);
        Assert.Contains($"REVOKE UPDATE (`message`) ON `foobar`.`entries` FROM {Account};\n", diff.Statements);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void No_grants_at_all_take_everything(string fixture)
    {
        var statements = string.Concat(Diff(fixture, "many", "%").Statements);

        Assert.DoesNotContain("\nGRANT", "\n" + statements, StringComparison.Ordinal);
        Assert.Contains($"REVOKE GRANT OPTION ON `foo\\_bar`.* FROM {Account};\n", statements, StringComparison.Ordinal);
        Assert.Contains("SELECT (`id`)", statements, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dynamic_privilege_loses_its_option_before_the_others_do()
    {
        var statements = Diff(RecordedServer.MySql, "boss", "localhost", MySqlGrant.OnEverything("ALL")).Statements.ToList();

        Assert.StartsWith("REVOKE ALLOW_NONEXISTENT_DEFINER, ", statements[0]);
        Assert.StartsWith("GRANT ALLOW_NONEXISTENT_DEFINER, ", statements[1]);
        Assert.Equal($"REVOKE GRANT OPTION ON *.* FROM {Account};\n", statements[2]);
        Assert.Equal(3, statements.Count);
    }

    [Fact]
    public void A_missing_option_is_given_with_all_that_it_goes_with()
    {
        var diff = Diff(RecordedServer.MariaDb, "app", "10.77.0.31", MySqlGrant.OnDatabase("foobar", "SELECT", "INSERT", "UPDATE").WithGrantOption());

        Assert.Equal([$"GRANT INSERT, SELECT, UPDATE ON `foobar`.* TO {Account} WITH GRANT OPTION;\n"], diff.Statements);
        Assert.Equal("grants on foobar.*: INSERT, SELECT, UPDATE → INSERT, SELECT, UPDATE with grant option (runtime)", Describe.Changes(diff.Changes));
    }

    [Fact]
    public void With_partial_revokes_names_are_taken_literally()
    {
        var server = RecordedServer.Read(RecordedServer.MySql).Server with { PartialRevokes = true };

        Assert.Equal([$"GRANT SELECT ON `foo_bar`.* TO {Account};\n"], GrantDiff.Of([FooBar.Allow("SELECT")], [], server, Account).Statements);
    }

    [Fact]
    public void Grants_on_one_database_are_one()
    {
        var diff = Diff(RecordedServer.MySql, "app", "10.77.0.31", MySqlGrant.OnDatabase("foobar", "SELECT"), MySqlGrant.OnDatabase("foobar", "insert", "UPDATE"));

        Assert.Empty(diff.Changes);
    }

    [Fact]
    public void A_privilege_that_the_server_does_not_have_is_refused_before_anything_is_done()
    {
        var failure = Assert.Throws<ConvergeException>(() => Diff(RecordedServer.MySql, "app", "10.77.0.31", FooBar.Allow("SELEC", "INSERT")));

        Assert.Equal("the server (9.7.4-2) has no privilege SELEC", failure.Message);
        Assert.Equal("To see those that it has, run on the host:\n    mysql -e 'SHOW PRIVILEGES'", failure.Remedy);
    }

    private static GrantDiff Diff(string fixture, string user, string host, params MySqlGrant[] grants)
    {
        var answer = RecordedServer.Read(fixture);
        return GrantDiff.Of(grants, answer.User(user, host).Account!.Rights, answer.Server, Account);
    }
}
