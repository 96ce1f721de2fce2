using System;
using System.Linq;
using System.Threading.Tasks;
using Converge.Graph;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class VrrpClusterTests
{
    internal const string Path = "/etc/keepalived/keepalived.conf";

    private readonly Site _site = new();

    [Fact]
    public async Task One_object_renders_every_member()
    {
        _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24") { Track = { VrrpScript.ProcessRuns("haproxy") } });

        await Verifier.Verify(RenderedFleet.FromFleet(_site.Fleet).Texts());
    }

    [Fact]
    public async Task Clusters_that_share_hosts_share_the_file()
    {
        var site = VrrpExamples.Everything();

        await Verifier.Verify(RenderedFleet.FromFleet(site.Fleet, VrrpExamples.Facts).Texts());
    }

    [Fact]
    public void Peers_are_the_other_members()
    {
        var group = Fleet.Group(_site.Lb1, _site.Lb2, _site.Web1);
        group.Add(new VrrpCluster("www", vip: "10.77.0.100/24"));

        var text = _site.Render("lb2", Path);

        Assert.Contains("    unicast_src_ip 10.77.0.12\n    unicast_peer {\n        10.77.0.11\n        10.77.0.21\n    }\n", text);
        Assert.Contains("    priority 140\n", text);
        Assert.Contains("    priority 130\n", _site.Render("web1", Path));
    }

    [Fact]
    public void A_derived_router_id_never_changes()
    {
        Assert.Equal(171, VrrpRouterId.DerivedFrom("www"));
        Assert.All(Enumerable.Range(0, 5_000), i => Assert.InRange(VrrpRouterId.DerivedFrom($"name-{i}"), 1, 255));
    }

    [Fact]
    public void Members_hear_each_other_without_waiting_for_each_other()
    {
        _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24"));

        var traffic = FleetGraph.Build(_site.Fleet).Connections.Select(c => $"{c.From.Host} → {c.To}");

        Assert.Equal(["lb1 → lb2:vrrp", "lb2 → lb1:vrrp"], traffic.Order());
    }

    [Fact]
    public void A_change_is_a_reload_and_never_a_restart()
    {
        _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24"));

        var resources = FleetGraph.Build(_site.Fleet).Nodes.Where(n => n.Host == _site.Lb1).Select(n => n.Resource).ToList();

        var service = Assert.Single(resources.OfType<Service>());
        Assert.Equal([Assert.Single(resources.OfType<File>())], service.ReloadOn);
        Assert.Empty(service.RestartOn);
    }

    [Fact]
    public void The_address_knows_who_may_hold_it()
    {
        var cluster = _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24"));

        Assert.Equal("10.77.0.100:80", cluster.Vip.Port(80).Address);
        Assert.Equal([_site.Lb1.Port(80), _site.Lb2.Port(80)], cluster.Vip.Port(80).EndpointsIn(_site.Fleet));
    }

    [Fact]
    public void Members_may_be_added_one_by_one()
    {
        var cluster = new VrrpCluster("www", vip: "10.77.0.100/24");
        _site.Lb1.Add(cluster);
        _site.Lb2.Add(cluster);

        Assert.Contains("10.77.0.12", _site.Render("lb1", Path));
        Assert.Contains("priority 140", _site.Render("lb2", Path));
    }

    [Fact]
    public void A_password_makes_it_version_2_and_the_file_private()
    {
        _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24") { Password = Secret.FromValue("VRRP", "s3cr3t") });

        var file = FleetGraph.Build(_site.Fleet).Nodes.Select(n => n.Resource).OfType<File>().First();

        Assert.Contains("    version 2\n", file.Content!.ToString(), StringComparison.Ordinal);
        Assert.Contains("        auth_pass ***\n", file.Content.ToString(), StringComparison.Ordinal);
        Assert.Equal(Mode.Octal("0600"), file.Mode);
    }
}
