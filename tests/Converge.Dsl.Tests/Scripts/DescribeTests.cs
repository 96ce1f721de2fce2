using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using static Converge.Script;

namespace Converge.Dsl.Tests.Scripts;

public sealed class DescribeTests
{
    [Fact]
    public void A_program_describes_a_fleet_with_the_words_of_scripts()
    {
        var fleet = Describe(() =>
        {
            var db = Host("db1", "10.77.0.41", role: "db");
            var web = Hosts([("web1", "10.77.0.21")], roles: ["web", "edge"]);
            db.Add(new Modules.File("/etc/motd"));
            Hosts(db, web[0]).Add(new Modules.File("/etc/issue"));
            LocalHost();
        });

        Assert.Equal(["db1: db", "web1: web edge", "localhost: "], fleet.Hosts.Select(h => $"{h}: {string.Join(' ', h.Roles)}"));
        Assert.Equal(["db1", "db1 web1"], fleet.Declarations.Select(d => string.Join(' ', d.Hosts)));
        Assert.StartsWith("DescribeTests.cs:", fleet.Declarations[0].At.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Descriptions_at_the_same_time_keep_apart()
    {
        var fleets = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => DescribeAsync(async () =>
        {
            Host($"a{n}");
            await Task.Delay(5);
            Host($"b{n}");
        })));

        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"a{n} b{n}"), fleets.Select(f => string.Join(' ', f.Hosts)));
    }

    [Fact]
    public void A_description_ends_with_its_block()
    {
        Describe(() => Host("a"));

        Assert.Throws<ConvergeException>(() => AllHosts);
    }

    [Fact]
    public void Errors_of_a_program_come_through_as_they_are() =>
        Assert.Throws<KeyNotFoundException>(() => Describe(() => _ = new Dictionary<string, int>()["x"]));

    [Fact]
    public void Files_are_found_beside_the_source_file_whatever_the_current_directory_is()
    {
        var content = Content.Empty;
        var folder = "";

        Describe(() => (content, folder) = (FileBeside("DescribeTests.cs"), Converge.Script.ScriptFolder));

        Assert.Contains("namespace Converge.Dsl.Tests.Scripts;", content.ToString(), StringComparison.Ordinal);
        Assert.Equal("Scripts", Path.GetFileName(folder));
    }
}
