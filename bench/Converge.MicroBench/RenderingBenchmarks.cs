using System.Linq;
using BenchmarkDotNet.Attributes;
using Converge.Graph;
using Converge.Modules;

namespace Converge.MicroBench;

/// <summary>A pair of load balancers whose backends have two servers each, from description to the text of haproxy.cfg and keepalived.conf.</summary>
public class RenderingBenchmarks
{
    [Params(50)]
    public int Backends { get; set; }

    /// <summary>The characters of all files, so that none is left out.</summary>
    [Benchmark]
    public int LoadBalancers()
    {
        var fleet = new Fleet();
        var lbs = Fleet.Group(fleet.Host("lb1", "10.78.20.11"), fleet.Host("lb2", "10.78.20.12"));
        var site = lbs.Add(new VrrpCluster("www", vip: "10.78.20.100/24"));
        Backend[] backends = [.. Enumerable.Range(0, Backends).Select(i => new Backend($"pages{i}")
        {
            Check = HealthCheck.Http("/", host: "www.example.com", expect: "status 200"),
            Servers = { new BackendServer($"a{i}", $"10.78.21.{i + 1}:80"), new BackendServer($"b{i}", $"10.78.22.{i + 1}:80") },
        })];
        var haproxy = new Haproxy
        {
            Frontends = { new("www") { Bind = { site.Vip.Port(80) }, DefaultBackend = backends[0] } },
        };
        foreach (var backend in backends)
        {
            haproxy.Backends.Add(backend);
        }

        lbs.Add(haproxy);
        return FleetGraph.Build(fleet).Nodes.SelectMany(n => n.Resource.Renders).Sum(file => file.Content.ToString()!.Length);
    }
}
