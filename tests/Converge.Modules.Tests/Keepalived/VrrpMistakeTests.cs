using System;
using System.Linq;
using Converge.Graph;

namespace Converge.Modules.Tests;

public sealed class VrrpMistakeTests
{
    private readonly Site _site = new();

    [Fact]
    public void Two_members_with_one_priority_are_refused_with_both_places()
    {
        _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24") { Priorities = { [_site.Lb2] = 150 } });

        var mistake = Assert.Single(Assert.Throws<ScriptException>(() => FleetGraph.Build(_site.Fleet)).Mistakes);

        Assert.Equal("vrrp-cluster www: lb1 and lb2 have one priority, 150: both would hold the address", mistake.Message);
        Assert.Equal(["VrrpMistakeTests.cs", "Site.cs"], mistake.At.Select(at => System.IO.Path.GetFileName(at.File)).Distinct());
    }

    [Fact]
    public void One_router_id_on_one_network_is_refused_with_both_places()
    {
        _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24") { RouterId = 7 });
        Fleet.Group(_site.Web1, _site.Web2).Add(new VrrpCluster("inner", vip: "10.77.0.200/24") { RouterId = 7 });

        var mistake = Assert.Single(Assert.Throws<ScriptException>(() => FleetGraph.Build(_site.Fleet)).Mistakes);

        Assert.Equal("vrrp-cluster inner and vrrp-cluster www have one virtual router id, 7, on one network: give one of them another RouterId", mistake.Message);
        Assert.Equal(2, mistake.At.Select(at => at.Line).Distinct().Count());
    }

    [Fact]
    public void One_router_id_on_two_networks_is_fine()
    {
        _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24") { RouterId = 7 });
        Fleet.Group(_site.Web1, _site.Web2).Add(new VrrpCluster("inner", vip: "10.78.0.200/24") { RouterId = 7 });

        FleetGraph.Build(_site.Fleet);
    }

    [Fact]
    public void One_address_belongs_to_one_cluster_and_to_no_host()
    {
        _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24"));
        Fleet.Group(_site.Web1, _site.Web2).Add(new VrrpCluster("inner", vip: "10.77.0.100/24"));
        Fleet.Group(_site.Web1, _site.Web2).Add(new VrrpCluster("app", vip: "10.77.0.31/24"));

        Assert.Equal(
            [
                "vrrp-cluster inner and vrrp-cluster www share one address, 10.77.0.100",
                "vrrp-cluster app: 10.77.0.31 is the own address of app1; a shared address belongs to nobody",
            ],
            _site.Mistakes());
    }

    [Fact]
    public void A_cluster_has_members_with_IP_addresses()
    {
        var named = _site.Fleet.Host("lb3");
        var six = _site.Fleet.Host("lb4", "fd00::4");
        _site.Lb1.Add(new VrrpCluster("alone", vip: "10.77.0.100/24"));
        Fleet.Group(named, six).Add(new VrrpCluster("odd", vip: "10.77.0.101/24") { Priorities = { [_site.App1] = 9 } });

        Assert.Equal(
            [
                "vrrp-cluster alone has one member, lb1: add it to a group of at least two hosts, or nobody can take over",
                "vrrp-cluster odd gives app1 a priority, but app1 is no member; members are lb3, lb4",
                "vrrp-cluster odd: member lb3 has the address \"lb3\", but members of a cluster need an IP address",
                "vrrp-cluster odd: member lb4 has the address fd00::4, which is of another family than 10.77.0.101/24",
            ],
            _site.Mistakes().Order());
    }

    [Fact]
    public void A_weight_that_moves_nothing_is_refused()
    {
        _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24") { Track = { VrrpScript.ProcessRuns("haproxy") with { Weight = -10 } } });

        Assert.Equal(["vrrp-cluster www: script haproxy has weight -10, but the first two members' priorities differ by 10: its failure would not move the address"], _site.Mistakes());
    }

    [Fact]
    public void Clusters_that_share_hosts_agree_on_what_a_host_has_once()
    {
        _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24") { ScriptUser = "nobody", Track = { VrrpScript.ProcessRuns("haproxy") } });
        _site.Lbs.Add(new VrrpCluster("db", vip: "10.77.0.101/24") { Track = { VrrpScript.ProcessRuns("haproxy") with { Fall = 5 } } });

        Assert.Equal(
            [
                "vrrp-cluster db runs scripts as root and vrrp-cluster www as nobody, but they share hosts, and a host has one such user: set VrrpScript.User instead",
                "vrrp-cluster db and vrrp-cluster www have different scripts called haproxy",
            ],
            _site.Mistakes());
    }

    [Fact]
    public void Pidof_is_started_under_its_own_name()
    {
        var cluster = new VrrpCluster("www", "10.77.0.100/24") { Track = { new("haproxy", "/usr/bin/pidof", "haproxy") } };

        Assert.Equal(["script haproxy: keepalived would run what pidof is a link to, killall5: use VrrpScript.ProcessRuns, or /usr/bin/env pidof"], cluster.Mistakes());
    }

    [Theory]
    [InlineData("correct horse", "the password VRRP has 13 characters, but only the first 8 count: give one of at most 8|the password VRRP has a character that keepalived.conf cannot carry safely: letters, digits and _ . : , @ % + = / ^ * - only")]
    [InlineData("a#b", "the password VRRP has a character that keepalived.conf cannot carry safely: letters, digits and _ . : , @ % + = / ^ * - only")]
    [InlineData("12345678", "")]
    public void Of_a_password_eight_plain_characters_count(string password, string expected) =>
        Assert.Equal(expected, string.Join('|', new VrrpCluster("www", "10.77.0.100/24") { Password = Secret.FromValue("VRRP", password) }.Mistakes()));

    [Fact]
    public void Versions_allow_what_they_allow()
    {
        var password = Secret.FromValue("VRRP", "12345678");
        var fast = TimeSpan.FromMilliseconds(200);

        Assert.Equal(["VRRP version 3 has no password: leave out Version, or the password"], new VrrpCluster("www", "10.77.0.100/24") { Version = 3, Password = password }.Mistakes());
        Assert.Equal(["an interval of 0.2 s is not possible with VRRP version 2, which a password needs: 1 to 255 whole seconds"], new VrrpCluster("www", "10.77.0.100/24") { Interval = fast, Password = password }.Mistakes());
        Assert.Equal(["an interval of 0.005 s is not possible: 0.01 to 40.95 s in steps of 0.01 s"], new VrrpCluster("www", "10.77.0.100/24") { Interval = TimeSpan.FromMilliseconds(5) }.Mistakes());
        Assert.Equal(["VRRP version 2 carries no IPv6 address: use version 3, without a password"], new VrrpCluster("www", "fd00::1/64") { Password = password }.Mistakes());
        Assert.Equal(["there is no VRRP version 4, only 2 and 3"], new VrrpCluster("www", "10.77.0.100/24") { Version = 4 }.Mistakes());
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var cluster = new VrrpCluster("w w", "10.77.0/24")
        {
            RouterId = 256,
            FurtherAddresses = { "fd00::1/64", "x" },
            Priorities = { [_site.Lb1] = 255 },
            Preempt = false,
            PreemptDelay = TimeSpan.FromSeconds(1001),
            Interface = "eth0 }",
            Track = { new("a b", "pidof", "x\"y") { Weight = 300, IntervalSeconds = 0 } },
            Lines = { "a\nb" },
        };

        Assert.Equal(
            [
                "\"w w\" is no name for a VRRP instance: letters, digits and _ . - only",
                "virtual router id 256 is not between 1 and 255",
                "lb1 has priority 255, which is not between 1 and 254 (255 is for the address's owner, and a shared address has none)",
                "\"10.77.0/24\" is no shared address; Write address and prefix length, for example: 10.77.0.100/24",
                "fd00::1/64 is of another family than 0.0.0.0/32: give it a cluster of its own",
                "\"x\" is no shared address",
                "PreemptDelay has no meaning without Preempt: a member that never takes the address back does not wait before it does",
                "a PreemptDelay of 1001 s is not between 0 and 1000 s",
                "\"a b\" is no name for a script: letters, digits and _ . @ - only",
                "script a b: \"pidof x\"y\" does not begin with an absolute path",
                "script a b: interval, timeout, rise and fall are at least 1",
                "script a b: weight 300 is not between -253 and 253",
                "the command \"pidof x\"y\" has a quote, backslash, #, ! or line break: put it into a script file",
                "\"eth0 }\" is not one plain word",
                "the line \"a?b\" has a line break: give each line by itself",
            ],
            cluster.Mistakes());
    }
}
