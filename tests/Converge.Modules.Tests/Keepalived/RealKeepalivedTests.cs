using System;
using System.Linq;
using Converge.Graph;

namespace Converge.Modules.Tests;

/// <summary>The rendered text given to the real checker, in a network of its own that has the member's address.</summary>
public sealed class RealKeepalivedTests
{
    [Fact]
    public void Keepalived_takes_a_small_configuration() => AssertTaken(Check(VrrpExamples.Small()));

    [Fact]
    public void Keepalived_takes_everything() => AssertTaken(Check(VrrpExamples.Everything()));

    [Fact]
    public void Keepalived_refuses_what_a_raw_line_breaks()
    {
        var site = new Site();
        site.Lbs.Add(new VrrpCluster("www", "10.77.0.100/24") { Lines = { "no_such_keyword 1" } });

        var answer = Check(site);

        Assert.Equal(5, answer.ExitCode);
        Assert.Contains("Unknown keyword 'no_such_keyword'", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Keepalived_takes_scripts_of_another_user_even_where_its_checker_crashes_over_them()
    {
        var site = new Site();
        site.Lbs.Add(new VrrpCluster("www", "10.77.0.100/24") { ScriptUser = "nobody", Track = { VrrpScript.ProcessRuns("haproxy") } });

        AssertTaken(Check(site));
    }

    private static void AssertTaken(Answer answer) => Assert.True(answer.ExitCode == 0, answer.Error);

    private static Answer Check(Site site)
    {
        RealTool.RequireIsolated("keepalived");
        RealTool.Require("ip");
        using var folder = new TemporaryFolder();
        var file = FleetGraph.Build(site.Fleet).Nodes.Where(n => n.Host == site.Lb1).Select(n => n.Resource).OfType<File>().Single();
        System.IO.File.WriteAllBytes(folder["keepalived.conf"], file.Content!.Resolve(VrrpExamples.Facts["lb1"]).Span);
        const string network = "ip link add eth0 type veth peer name eth1 && ip addr add 10.77.0.11/24 dev eth0 && ip link set eth0 up && ip link set eth1 up && exec \"$@\"";
        return Shell.Run("unshare", ["-n", "-m", "sh", "-c", network, "sh", file.Validation!.Program, .. file.Validation.Arguments.Select(a => a == Validation.NewFile ? folder["keepalived.conf"] : a)]);
    }
}
