using System;
using System.Linq;
using System.Threading.Tasks;
using static Converge.Script;

namespace Converge.Dsl.Tests.Scripts;

public sealed class VariableTests
{
    private enum Database
    {
        MySql,
        MariaDb,
    }

    [Fact]
    public void A_variable_without_a_value_is_its_default()
    {
        var values = Read(() => string.Join(' ', Var("db", "mysql"), Var("port", 80), Var("debug", false), Var("ratio", 0.5), Var("engine", Database.MySql), Var("wait", TimeSpan.FromSeconds(3))));

        Assert.Equal("mysql 80 False 0.5 MySql 00:00:03", values);
    }

    [Fact]
    public void A_variable_is_read_as_the_type_that_the_script_asks_for()
    {
        var values = Read(
            () => string.Join(' ', Var("db", "mysql"), Var("port", 80), Var<bool>("debug"), Var<double>("ratio"), Var("engine", Database.MySql), Var<TimeSpan>("wait"), Var<int?>("max", null), Var<string>("name", "x")),
            ("db", ""), ("port", "8080"), ("debug", "yes"), ("ratio", "1e3"), ("engine", "mariadb"), ("wait", "1h30m"), ("max", "7"), ("name", "web 1"));

        Assert.Equal(" 8080 True 1000 MariaDb 01:30:00 7 web 1", values);
    }

    [Theory]
    [InlineData("250ms", "00:00:00.2500000")]
    [InlineData("30s", "00:00:30")]
    [InlineData("5m", "00:05:00")]
    [InlineData("2d12h", "2.12:00:00")]
    [InlineData("00:05:00", "00:05:00")]
    public void Time_spans_are_written_as_people_write_them(string text, string expected) =>
        Assert.Equal(expected, Read(() => Var<TimeSpan>("wait").ToString(), ("wait", text)));

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("999999999d")]
    [InlineData("9999999999999s")]
    public void What_is_no_time_span_is_a_mistake(string text) =>
        Assert.Equal($"variable wait: \"{text}\" is not a time span such as 30s, 5m or 1h30m", Mistakes(() => Var<TimeSpan>("wait"), ("wait", text)));

    [Fact]
    public void Every_bad_value_is_a_mistake_that_names_the_type()
    {
        var mistakes = Mistakes(
            () =>
            {
                Var("port", 80);
                Var<long>("bytes");
                Var("debug", false);
                Var<double>("ratio");
                Var("engine", Database.MySql);
                Var("site", new Uri("http://x"));
                Var<byte>("small");
            },
            ("port", "8o"), ("bytes", "1.5"), ("debug", "1"), ("ratio", "1,5"), ("engine", "mysl"), ("site", "http://y"), ("small", "256"));

        Assert.Equal(
            """
            variable port: "8o" is not a whole number
            variable bytes: "1.5" is not a whole number (Int64)
            variable debug: "1" is not true or false
            variable ratio: "1,5" is not a number
            variable engine: "mysl" is not one of MySql, MariaDb
                did you mean MySql?
            variable site: "http://y" is not readable as Uri (a variable is text, true or false, a number, an enum or a TimeSpan)
            variable small: "256" is not a whole number (Byte)
            """,
            mistakes);
    }

    [Fact]
    public void A_value_that_no_variable_takes_is_a_mistake()
    {
        var some = Mistakes(() => _ = (Var("db", "x"), Var("port", 1)), ("prot", "80"), ("other", "1"));
        var none = Mistakes(() => { }, ("db", "x"));

        Assert.Equal(
            """
            --var other: the script has no variable other
                This script's variables: db, port
            --var prot: the script has no variable prot
                did you mean port? This script's variables: db, port
            """,
            some);
        Assert.Equal("--var db: the script has no variable db\n    This script has no variables.", none);
    }

    [Fact]
    public async Task A_loaded_script_lists_its_variables()
    {
        using var folder = new ScriptFolder();
        folder["site.csx"] = """
            enum Db { MySql, MariaDb }
            var db = Var("db", Db.MySql);
            var port = Var<int>("port");
            """;

        var loaded = await folder.LoadAsync();

        Assert.Equal(["db Db MySql site.csx:2:10", "port Int32  site.csx:3:12"], loaded.Variables.Select(v => $"{v.Name} {v.Type.Name} {v.Default} {v.At}"));
    }

    private static string Read(Func<string> script, params (string Name, string Value)[] given)
    {
        var values = "";
        var fleet = Describe(() => values = script(), given.ToDictionary(v => v.Name, v => v.Value));
        Assert.Empty(fleet.Mistakes);
        return values;
    }

    private static string Mistakes(Action script, params (string Name, string Value)[] given) =>
        string.Join('\n', Describe(script, given.ToDictionary(v => v.Name, v => v.Value)).Mistakes.Select(m => (m with { At = [] }).ToString()));
}
