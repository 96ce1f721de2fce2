using System.Linq;
using System.Threading.Tasks;
using Converge.Graph;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class HaproxyTests
{
    private const string Path = "/etc/haproxy/haproxy.cfg";

    [Fact]
    public async Task A_frontend_and_a_backend_are_a_whole_configuration() =>
        await Verifier.Verify(HaproxyExamples.Small().Render("lb1", Path));

    [Fact]
    public async Task Everything_is_written_in_the_order_of_the_manual_and_rules_in_that_of_the_script() =>
        await Verifier.Verify(HaproxyExamples.Everything().Render("lb1", Path));

    [Fact]
    public void Members_of_a_group_differ_only_in_what_is_their_own()
    {
        var site = HaproxyExamples.Everything();

        var (one, two) = (site.Render("lb1", Path).Split('\n'), site.Render("lb2", Path).Split('\n'));

        Assert.Equal(["    localpeer lb1", "    bind 10.77.0.11:8080", "    bind 10.77.0.11:8404"], one.Except(two));
        Assert.Equal(["    localpeer lb2", "    bind 10.77.0.12:8080", "    bind 10.77.0.12:8405"], two.Except(one));
    }

    [Fact]
    public void The_configuration_is_checked_by_haproxy_and_taken_in_by_a_reload()
    {
        var graph = FleetGraph.Build(HaproxyExamples.Small().Fleet);

        var file = graph.Nodes.Select(n => n.Resource).OfType<File>().First(f => f.Path == Path);
        var service = graph.Nodes.Select(n => n.Resource).OfType<Service>().First(s => s.Name == "haproxy.service");
        Assert.Equal("haproxy -c -f {new file}", $"{file.Validation!.Program} {string.Join(' ', file.Validation.Arguments)}");
        Assert.Equal([file], service.ReloadOn);
        Assert.Empty(service.RestartOn);
    }

    [Fact]
    public void Servers_and_clients_are_connections_of_the_fleet()
    {
        var graph = FleetGraph.Build(HaproxyExamples.Small().Fleet);

        var traffic = graph.Connections.Select(c => $"{c.From.Host?.Name ?? c.From.Network} → {c.To}").Order();

        Assert.Equal(["0.0.0.0/0 → lb1:80/tcp", "0.0.0.0/0 → lb2:80/tcp", "lb1 → web1:80/tcp", "lb1 → web2:80/tcp", "lb2 → web1:80/tcp", "lb2 → web2:80/tcp"], traffic);
    }

    [Fact]
    public void HAProxy_comes_after_the_servers_that_it_sends_to()
    {
        var nodes = FleetGraph.Build(HaproxyExamples.Small().Fleet).Nodes.Select(n => n.Id.ToString()).ToList();

        Assert.True(nodes.IndexOf("service nginx.service on web2") < nodes.IndexOf("service haproxy.service on lb1"));
    }

    [Fact]
    public void Peers_may_talk_to_each_other_without_waiting_for_each_other()
    {
        var graph = FleetGraph.Build(HaproxyExamples.Everything().Fleet);

        var traffic = graph.Connections.Where(c => c.To.Number == 10000).Select(c => $"{c.From.Host} → {c.To}");

        Assert.Equal(["lb1 → lb2:10000/tcp", "lb2 → lb1:10000/tcp"], traffic);
    }

    [Fact]
    public void A_shared_address_can_be_bound_before_it_is_held()
    {
        var graph = FleetGraph.Build(HaproxyExamples.Everything().Fleet);

        var nodes = graph.Nodes.Select(n => n.Id.ToString()).ToList();

        Assert.True(nodes.IndexOf("sysctl net.ipv4.ip_nonlocal_bind on lb2") is >= 0 and var sysctl && sysctl < nodes.IndexOf("service haproxy.service on lb2"));
    }

    [Fact]
    public void Without_a_shared_address_the_kernel_is_left_alone() =>
        Assert.DoesNotContain(FleetGraph.Build(HaproxyExamples.Small().Fleet).Nodes, n => n.Resource is Sysctl);

    [Fact]
    public void Files_that_the_configuration_names_come_first_and_are_taken_in()
    {
        var site = new Site();
        site.Lb1.Add(new Haproxy
        {
            Frontends = { new("tls") { Bind = { new(443) { Tls = new() { Certificates = { "/etc/haproxy/certs/" } } } }, ErrorFiles = { [503] = "/etc/haproxy/sorry.http" } } },
        });
        var certificate = site.Lb1.Add(new File("/etc/haproxy/certs/www.pem") { Content = "x" });
        var page = site.Lb1.Add(new File("/etc/haproxy/sorry.http") { Content = "x" });
        site.Lb1.Add(new File("/etc/motd") { Content = "x" });

        var graph = FleetGraph.Build(site.Fleet);

        var file = graph.Nodes.Select(n => n.Resource).OfType<File>().First(f => f.Path == Path);
        Assert.Equal([certificate, page], file.After);
        Assert.Equal([file, certificate, page], graph.Nodes.Select(n => n.Resource).OfType<Service>().First(s => s.Name == "haproxy.service").ReloadOn);
    }

    [Fact]
    public void A_configuration_with_a_secret_is_readable_by_root_alone()
    {
        var file = FleetGraph.Build(HaproxyExamples.Everything().Fleet).Nodes.Select(n => n.Resource).OfType<File>().First(f => f.Path == Path);

        Assert.Equal(Mode.Octal("0600"), file.Mode);
    }
}
