using System;
using System.Linq;
using System.Text;
using Converge.Graph;

namespace Converge.Modules.Tests;

public sealed class KeepalivedImpactTests
{
    private const string Text = """
        global_defs {
            router_id lb1
        }
        vrrp_script haproxy {
            script "/usr/bin/pidof haproxy"
        }
        vrrp_instance www {
            interface eth0
            virtual_router_id 51
            priority 150
            unicast_peer {
                10.77.0.12
            }
            authentication {
                auth_type PASS
                auth_pass old
            }
            virtual_ipaddress {
                10.77.0.100/24
            }
            track_script {
                haproxy
            }
        }
        """;

    [Theory]
    [InlineData("priority 150", "priority 140")]
    [InlineData("virtual_router_id 51", "virtual_router_id 52")]
    [InlineData("10.77.0.12", "10.77.0.13")]
    [InlineData("10.77.0.100/24", "10.77.0.101/24")]
    [InlineData("auth_pass old", "auth_pass new")]
    [InlineData("vrrp_instance www", "vrrp_instance web")]
    public void What_members_must_agree_on_may_move_the_address(string before, string after) =>
        Assert.Equal(Impact.Failover, KeepalivedImpact.Of(Text, Text.Replace(before, after, StringComparison.Ordinal)));

    [Theory]
    [InlineData("router_id lb1", "router_id lb2")]
    [InlineData("pidof haproxy", "pidof nginx")]
    [InlineData("interface eth0", "interface   eth0 # the first\n\n")]
    [InlineData("    track_script {\n        haproxy\n    }\n", "")]
    public void What_is_each_members_own_is_no_more_than_a_reload(string before, string after) =>
        Assert.Equal(Impact.None, KeepalivedImpact.Of(Text, Text.Replace(before, after, StringComparison.Ordinal)));

    [Fact]
    public void An_instance_that_comes_new_moves_nothing() =>
        Assert.Equal(Impact.None, KeepalivedImpact.Of("global_defs {\n}\n", Text));

    [Theory]
    [InlineData("priority 150", Impact.Failover)]
    [InlineData("fall 2", Impact.None)]
    public void The_plan_says_what_a_changed_file_does(string line, Impact expected)
    {
        var site = VrrpExamples.Small();
        var file = FleetGraph.Build(site.Fleet).Nodes.Where(n => n.Host == site.Lb1).Select(n => n.Resource).OfType<File>().Single();
        var old = Encoding.UTF8.GetString(file.Content!.Resolve(VrrpExamples.Facts["lb1"]).Span).Replace(line, line + "0", StringComparison.Ordinal);
        var found = new FileState(PathKind.File) { Sha256 = "another", Mode = Mode.Octal("0644"), Content = Encoding.UTF8.GetBytes(old) };

        var change = Assert.Single(file.Diff(found, DiffContext.Settled(VrrpExamples.Facts["lb1"])));

        Assert.Equal(("content", expected), (change.Property, change.Impact));
    }
}
