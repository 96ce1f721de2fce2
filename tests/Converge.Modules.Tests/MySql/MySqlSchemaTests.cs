using System;
using System.Linq;
using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class MySqlSchemaTests
{
    private const string Table = "CREATE TABLE IF NOT EXISTS entries (id INT);\n";

    private static readonly MySqlServerState Up = new(MySqlReach.Up) { Client = "mysql", Version = "9.7.4-2" };
    private static readonly MySqlDatabase Foobar = new("foobar");
    private static readonly MySqlSchema Guestbook = new("guestbook", Foobar) { Sql = Table };
    private static readonly string Hash = Content.Text(Table).Sha256(null);

    [Fact]
    public void It_keeps_the_laws() =>
        ResourceLaws.Check(new LawExample<MySqlSchemaState>(Guestbook, State(Hash), State(), State(new string('a', 64))));

    [Fact]
    public async Task Sql_is_run_with_its_record_behind_it()
    {
        var changes = Guestbook.Diff(State(), Describe.Context()).ToList();

        await Verifier.Verify($"{Describe.Changes(changes).Replace("; ", "\n ", StringComparison.Ordinal)}\n{changes[0].TextDiff}\n{RecordedServer.Sql(changes)}");
    }

    [Fact]
    public void A_content_that_was_run_before_is_not_run_again() =>
        Assert.Empty(Guestbook.Diff(State(Hash, new string('a', 64)), Describe.Context()));

    [Fact]
    public void Another_content_is_run_and_the_plan_says_what_was_run_last()
    {
        var change = Assert.Single(Guestbook.Diff(State(new string('a', 64), new string('b', 64)), Describe.Context()));

        Assert.Equal(("sha256 bbbbbbbbbbbb", Impact.Data), (change.From, change.Impact));
        Assert.Equal($"sha256 {Hash[..12]}", change.To);
    }

    [Theory]
    [InlineData("SELECT 1", "\n;\nDELIMITER ;\n")]
    [InlineData("DELIMITER //\nSELECT 1//", "\n//\nDELIMITER ;\n")]
    [InlineData("delimiter $$\nSELECT 1$$\nDELIMITER ;\nSELECT 2", "\n;\nDELIMITER ;\n")]
    public void What_the_sql_leaves_open_is_closed_with_its_own_delimiter(string sql, string expected)
    {
        var run = new MySqlSchema("x", Foobar) { Sql = sql }.Diff(State(), Describe.Context()).Single().Steps[^1];

        Assert.StartsWith(sql + expected + "INSERT INTO `foobar`.`converge_schema`", ((RunProgram)run).Input!.ToString());
    }

    [Fact]
    public void A_secret_in_the_sql_shows_nowhere_and_does_not_count_as_content()
    {
        MySqlSchema With(string value) => new("x", Foobar) { Sql = Content.Text($"INSERT INTO t VALUES ('{Secret.FromValue("API_KEY", value)}');") };

        var (one, two) = (With("first-api-key").Diff(State(), Describe.Context()).ToList(), With("second-api-key").Diff(State(), Describe.Context()).ToList());

        Assert.Equal(one[0].To, two[0].To);
        Assert.DoesNotContain("api-key", $"{Describe.Changes(one)} {one[0].TextDiff} {RecordedServer.Sql(one)}", StringComparison.Ordinal);
        Assert.Contains("first-api-key", RecordedServer.ResolvedSql(one), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_fresh_host_the_plan_says_what_will_be_run() => Assert.StartsWith(
        "sql: none → sha256 ",
        Describe.Diff(Guestbook, new MySqlSchemaState(new MySqlServerState(MySqlReach.Absent), []), "package mysql-server", "mysql-database foobar"));

    [Fact]
    public void It_comes_after_its_database_and_before_grants_on_its_tables()
    {
        var user = new MySqlUser("app") { Grants = { Foobar.Table("entries").Allow("SELECT") } };

        Assert.Contains(Foobar.Provides.Single(), Guestbook.Needs);
        Assert.Contains(Guestbook.Provides.Single(), user.Needs);
    }

    [Fact]
    public void All_mistakes_are_told() => Assert.Equal(
        ["the name of a schema has 1 to 190 characters", "its database foobar shall be absent", "Sql holds the mask of a secret instead of the secret: write Content.Text($\"…{secret}…\"), which keeps it a secret"],
        new MySqlSchema("", Foobar with { Absent = true }) { Sql = $"SELECT '{Secret.FromValue("API_KEY", "third-api-key")}'" }.Mistakes());

    private static MySqlSchemaState State(params string[] hashes) => new(Up, hashes);
}
