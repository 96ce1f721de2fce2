namespace Converge.Cli.Tests;

/// <summary>A small fleet with a bit of everything that a plan can show.</summary>
internal static class Sample
{
    private const string Diff = """
        --- /etc/proxy.conf
        +++ /etc/proxy.conf
        @@ -1,3 +1,3 @@
         global
        -  timeout 5s
        +  timeout 30s
           log on
        """;

    public static void Describe(Fleet fleet)
    {
        var db = fleet.Host("db1", "10.77.0.41", file: "site.csx", line: 3);
        var web = fleet.Host("web1", "10.77.0.21", file: "site.csx", line: 4);
        var idle = fleet.Host("dns1", "10.77.0.53", file: "site.csx", line: 5);
        var data = db.Add(new Thing("data", "utf8mb4") { Impact = Impact.Data }, "site.csx", 7);
        var daemon = web.Add(new Thing("daemon", "installed") { After = [data] }, "site.csx", 9);
        web.Add(new Bundle("proxy",
            new Thing("config", "new") { Impact = Impact.Reload, TextDiff = Diff, After = [data] },
            new Bundle("inner", new Thing("limits", "1024") { Impact = Impact.Restart, After = [data] }),
            new Thing("listener", "running") { After = [daemon] }), "site.csx", 11);
        idle.Add(new Thing("zone", "foobar.com"), "site.csx", 15);
    }

    /// <summary>The sample with some of it done already.</summary>
    public static Stage Stage(string? typed = null, bool colours = false)
    {
        var stage = new Stage(Describe) { Typed = typed, Colours = colours };
        stage.Hosts["dns1"].Files["zone"] = "foobar.com";
        stage.Hosts["web1"].Files["config"] = "old";
        stage.Hosts["web1"].Files["limits"] = "512";
        stage.Hosts["db1"].Files["data"] = "latin1";
        return stage;
    }
}
