using System;
using System.IO;
using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Cli.Tests.Commands;

public sealed class OfflineVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("render-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Check_counts_what_it_found_right()
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync("check", "site.csx");

        Assert.Equal((0, "site.csx: 3 hosts, 6 resources, no mistakes\n"), (code, stage.Said));
    }

    [Fact]
    public async Task Check_needs_no_secrets_and_names_those_that_are_not_set()
    {
        var stage = new Stage(fleet => fleet.Host("web1").Add(new Thing("a", $"{Secret.FromEnvironment("CONVERGE_TESTS_UNSET")}")));

        var code = await stage.RunAsync("check", "site.csx");

        Assert.Equal((0, "site.csx: 1 host, 1 resource, no mistakes\nNot set, and needed by plan and apply: CONVERGE_TESTS_UNSET\n"), (code, stage.Said));
    }

    [Fact]
    public async Task Check_shows_all_mistakes_together()
    {
        var stage = new Stage(fleet =>
        {
            var web = fleet.Host("web1", file: "site.csx", line: 1);
            web.Add(new Thing("a", ""), "site.csx", 2);
            web.Add(new Thing("b", "1"), "site.csx", 3);
            web.Add(new Thing("b", "2"), "site.csx", 4);
        });

        var code = await stage.RunAsync("check", "site.csx");

        Assert.Equal(2, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task Plan_demands_the_secrets()
    {
        var stage = new Stage(fleet => fleet.Host("web1").Add(new Thing("a", $"{Secret.FromEnvironment("CONVERGE_TESTS_UNSET")}")));

        var code = await stage.RunAsync("plan", "site.csx");

        Assert.Equal(1, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task Render_writes_every_file_by_host_and_path()
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync("render", "site.csx", "--out", _folder);

        Assert.Equal(0, code);
        Assert.Equal("utf8mb4\n", await File.ReadAllTextAsync(Path.Combine(_folder, "db1/things/data"), TestContext.Current.CancellationToken));
        await Verifier.Verify(stage.Said).AddScrubber(text => text.Replace(_folder, "OUT"));
    }

    [Fact]
    public async Task Render_writes_nothing_outside_its_folder()
    {
        var stage = new Stage(fleet => fleet.Host("web1").Add(new Thing("../../../escaped", "1")));

        var code = await stage.RunAsync("render", "site.csx", "--out", _folder);

        Assert.Equal(1, code);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Graph_is_a_flowchart_with_hosts_and_composites_as_boxes()
    {
        var stage = Sample.Stage();

        var code = await stage.RunAsync("graph", "site.csx");

        Assert.Equal(0, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task Graph_of_some_hosts_leaves_the_others_out()
    {
        var stage = Sample.Stage();

        await stage.RunAsync("graph", "site.csx", "--hosts", "web1");

        Assert.DoesNotContain("db1", stage.Said, StringComparison.Ordinal);
        Assert.Contains("n1 --> n4", stage.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_of_some_hosts_writes_only_their_files()
    {
        var stage = Sample.Stage();

        await stage.RunAsync("render", "site.csx", "--out", _folder, "--hosts", "dns1");

        Assert.Equal([Path.Combine(_folder, "dns1")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Facts_are_told_host_by_host()
    {
        var stage = Sample.Stage();
        stage.Hosts["web1"].Facts = stage.Hosts["web1"].Facts with { Interfaces = [new NetworkInterface("eth0", ["10.77.0.21/24", "fe80::1/64"])] };
        stage.Hosts["dns1"].Unreachable = new HostUnreachableException("dns1", "no route to host");

        var code = await stage.RunAsync("facts", "site.csx");

        Assert.Equal(1, code);
        await Verifier.Verify(stage.Said);
    }

    [Fact]
    public async Task Facts_can_be_read_by_programs()
    {
        var stage = Sample.Stage();

        await stage.RunAsync("facts", "site.csx", "--json", "--hosts", "web1");

        await Verifier.Verify(stage.Said);
    }
}
