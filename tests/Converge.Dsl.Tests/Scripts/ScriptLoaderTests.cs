using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Converge.Scripts;

namespace Converge.Dsl.Tests.Scripts;

public sealed class ScriptLoaderTests : IDisposable
{
    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_script_describes_a_fleet()
    {
        var fleet = await _folder.FleetAsync("""
            var db  = Host("db1", "10.77.0.41", role: "db");
            var lbs = Hosts(("lb1", "10.77.0.11"), ("lb2", "10.77.0.12"), roles: ["lb", "edge"]);
            db.Add(new File("/etc/motd") { Content = "hello\n", After = [] });
            lbs.Add(new Package("haproxy"));
            """);

        Assert.Equal(["db1 10.77.0.41 db", "lb1 10.77.0.11 lb edge", "lb2 10.77.0.12 lb edge"], fleet.Hosts.Select(h => $"{h} {h.Address} {string.Join(' ', h.Roles)}"));
        Assert.Equal(["file /etc/motd on db1", "package haproxy on lb1 lb2"], fleet.Declarations.Select(d => $"{d.Resource} on {string.Join(' ', d.Hosts)}"));
    }

    [Fact]
    public async Task Hosts_and_resources_know_their_line_and_column()
    {
        var fleet = await _folder.FleetAsync("""
            var db = Host("db1");
              var lbs = Hosts(
                ("lb1", "10.77.0.11"),
                ("lb2", "10.77.0.12"));
            var motd = db.Add(new File("/etc/motd"));
            lbs
              .Add(new File(string.Concat("/etc", "/issue")));
            Host("web1").Add(
              new File("/etc/motd"));
            """);

        Assert.Equal(["site.csx:1:10", "site.csx:2:13", "site.csx:2:13", "site.csx:8:1"], fleet.Hosts.Select(h => h.DeclaredAt.ToString()));
        Assert.Equal(["site.csx:5:12", "site.csx:7:4", "site.csx:8:1"], fleet.Declarations.Select(d => d.At.ToString()));
    }

    [Fact]
    public async Task A_script_may_use_the_whole_language()
    {
        var fleet = await _folder.FleetAsync("""
            using System.Threading.Tasks;
            record Site(string Name, int Port);
            enum Size { Small, Large }
            IEnumerable<(string, string)> Webs(int count) => Enumerable.Range(1, count).Select(i => ($"web{i:00}", $"10.0.0.{i}"));
            Host Named(string name) => AllHosts.Single(h => h.Name == name);

            var webs = Hosts(Webs(3), role: "web");
            await Task.Delay(1);
            Site[] sites = [new("a", 80), new("b", 81)];
            foreach (var site in sites.Where(s => s is { Port: > 80 }))
                webs.Add(new File($"/srv/{site.Name}"));
            List<Host> some = [Named("web02")];
            Hosts(some).Add(new File("/srv/" + Size.Large));
            Hosts(webs[0], webs[2]).Add(new File("/srv/c"));
            Hosts([.. webs, Host("db1")]).Add(new File("/srv/d"));
            """);

        Assert.Equal(["/srv/b web01 web02 web03", "/srv/Large web02", "/srv/c web01 web03", "/srv/d web01 web02 web03 db1"], fleet.Declarations.Select(d => $"{d.Resource.Name} {string.Join(' ', d.Hosts)}"));
    }

    [Fact]
    public async Task A_second_load_needs_no_compiler()
    {
        _folder["site.csx"] = """Host("db1");""";

        var first = await _folder.LoadAsync();
        var second = await _folder.LoadAsync();

        Assert.True(first.Compiled);
        Assert.False(second.Compiled);
        Assert.Equal("db1", second.Fleet.Hosts.Single().Name);
        Assert.Equal(["compiling site.csx …"], _folder.Said);
    }

    [Fact]
    public void No_word_of_a_script_means_two_things()
    {
        string[] imported = ["System", "System.Collections.Generic", "System.Linq", "Converge", "Converge.Modules"];
        var dotnet = ScriptReferences.Framework(all: false).Select(Path.GetFileNameWithoutExtension).Select(name => Assembly.Load(name!));

        var twice =
            from type in dotnet.Concat(ScriptReferences.Own(new ScriptOptions()).Values).SelectMany(a => a.GetExportedTypes()).Distinct()
            where !type.IsNested && imported.Contains(type.Namespace)
            group type.FullName by type.Name into same
            where same.Count() > 1
            select string.Join(" = ", same);

        Assert.Empty(twice);
    }

    [Fact]
    public async Task A_type_that_shares_its_name_with_a_word_of_scripts_can_be_named()
    {
        var fleet = await _folder.FleetAsync("""
            var a = Host("a");
            List<Host> list = [a];
            Func<Host, string> name = h => h.Name;
            object any = a;
            if (any is Host host && any.GetType() == typeof(Host) && nameof(Host) == "Host")
                Hosts(list).Add(new File("/etc/" + name((Host)any)));
            """);

        Assert.Equal("/etc/a", fleet.Declarations.Single().Resource.Name);
    }
}
