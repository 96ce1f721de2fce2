using System;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Acceptance.BadInput;

/// <summary>What is refused before any host is touched.</summary>
public sealed class RefusedScriptTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task Three_mistakes_are_all_said_at_their_places() => RefusesAsync(
        """
        var a = Host("h1", "10.79.0.11");
        a.Add(new Fil("/etc/x"));
        a.Add(new File("/etc/y") { Contnt = "x" });
        a.Add(new Pakage("curl"));
        """,
        "bad.csx:2:11: CS0246", "did you mean File?", "bad.csx:3:28: CS0117", "did you mean Content?", "bad.csx:4:11: CS0246", "did you mean Package?",
        "3 mistakes; no host was touched.");

    [Fact]
    public Task A_value_of_the_wrong_type_is_the_compilers_error_at_its_place() => RefusesAsync(
        """
        var a = Host("h1", "10.79.0.11");
        a.Add(new Package("curl") { Version = 5 });
        """,
        "bad.csx:2:39: CS0029: Cannot implicitly convert type 'int' to 'string'");

    [Fact]
    public Task Two_resources_for_one_path_are_refused_with_both_places() => RefusesAsync(
        """
        var a = Host("h1", "10.79.0.11");
        a.Add(new File("/etc/y") { Content = "x" });
        a.Add(new File("/etc/y") { Content = "z" });
        """,
        "bad.csx:3:1: file /etc/y on h1 is described twice", "also at bad.csx:2:1");

    [Fact]
    public Task A_backend_server_where_nothing_listens_is_refused_with_both_places() => RefusesAsync(
        """
        var a = Host("h1", "10.79.0.11");
        var b = Host("h2", "10.79.0.12");
        var pages = new Backend("pages") { Servers = { b.Port(8081) } };
        a.Add(new Haproxy { Frontends = { new("www") { Bind = { 80 }, DefaultBackend = pages } }, Backends = { pages } });
        """,
        "bad.csx:4:1: h1 connects to h2:8081/tcp, where nothing listens", "also at bad.csx:2:9");

    [Fact]
    public Task Two_members_with_one_priority_are_refused_with_both_places() => RefusesAsync(
        """
        var a = Host("h1", "10.79.0.11", role: "lb");
        var b = Host("h2", "10.79.0.12", role: "lb");
        AllHosts.Add(new VrrpCluster("www", vip: "10.79.0.100/24") { Priorities = { [a] = 100, [b] = 100 } });
        """,
        "h1 and h2 have one priority, 100: both would hold the address", "bad.csx:1:9", "bad.csx:2:9");

    [Fact]
    public Task A_cycle_is_refused_with_both_places() => RefusesAsync(
        """
        var a = Host("h1", "10.79.0.11");
        var after = new List<Resource>();
        var one = a.Add(new File("/etc/one") { Content = "1", After = after });
        var two = a.Add(new File("/etc/two") { Content = "2", After = [one] });
        after.Add(two);
        """,
        "/etc/one", "/etc/two", "bad.csx:3:", "bad.csx:4:");

    private static async Task RefusesAsync(string text, params string[] words)
    {
        using var script = new BadScript(text);

        var run = await script.RunAsync("check", [], Ct);

        Assert.All(words, w => Assert.Contains(w, run.Text, StringComparison.Ordinal));
        Assert.Contains("no host was touched", run.Text, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }
}
