using System.Linq;

namespace Converge.Modules.Tests;

public sealed class ServerDrainingTests
{
    private readonly Site _site = new();

    [Fact]
    public void A_host_is_drained_in_every_backend_that_sends_to_it()
    {
        var haproxy = new Haproxy { Backends = { new("pages") { Servers = { _site.Web1.Port(80), _site.Web2.Port(80) } }, new("media") { Servers = { _site.Web1.Port(81), _site.Web2.Port(80) } } } };

        var draining = haproxy.Drains.ToList();

        Assert.Equal([_site.Web1, _site.Web2], draining.Select(d => d.Server));
        Assert.Equal("drain pages/web1 media/web1", draining[0].Begin[^1].Describe());
        Assert.Equal("undrain pages/web1 media/web1", draining[0].End[^1].Describe());
        Assert.All(draining, d => Assert.Null(d.WhyNot));
    }

    [Fact]
    public void The_only_server_of_a_backend_is_not_drained()
    {
        var haproxy = new Haproxy { Backends = { new("api") { Servers = { _site.App1.Port(8000) } } } };

        var draining = Assert.Single(haproxy.Drains);

        Assert.Equal("the only server of api", draining.WhyNot);
        Assert.Empty(draining.Begin);
    }

    [Fact]
    public void Nothing_is_drained_without_a_socket_to_ask_for_it()
    {
        var haproxy = new Haproxy { Global = new() { StatsSockets = [] }, Backends = { new("pages") { Servers = { _site.Web1.Port(80), _site.Web2.Port(80) } } } };

        Assert.All(haproxy.Drains, d => Assert.Equal("HAProxy has no admin socket", d.WhyNot));
    }
}
