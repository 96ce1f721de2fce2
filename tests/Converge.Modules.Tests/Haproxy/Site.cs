using System.Collections.Generic;
using System.Linq;
using Converge.Graph;
using Converge.Testing;

namespace Converge.Modules.Tests;

/// <summary>Load balancers in front of two web servers and an application server.</summary>
internal sealed class Site
{
    public Site()
    {
        (Lb1, Lb2) = (Fleet.Host("lb1", "10.77.0.11"), Fleet.Host("lb2", "10.77.0.12"));
        (Web1, Web2, App1) = (Fleet.Host("web1", "10.77.0.21"), Fleet.Host("web2", "10.77.0.22"), Fleet.Host("app1", "10.77.0.31"));
        Lbs = Converge.Fleet.Group(Lb1, Lb2);
        Web1.Add(new Service("nginx") { Listens = [Web1.Port(80), Web1.Port(81)] });
        Web2.Add(new Service("nginx") { Listens = [Web2.Port(80)] });
        App1.Add(new Service("app") { Listens = [App1.Port(8000)] });
    }

    public Fleet Fleet { get; } = new();

    public Host Lb1 { get; }

    public Host Lb2 { get; }

    public Host Web1 { get; }

    public Host Web2 { get; }

    public Host App1 { get; }

    public HostGroup Lbs { get; }

    /// <summary>The mistakes of the fleet, without their places.</summary>
    public IReadOnlyList<string> Mistakes() => [.. Assert.Throws<ScriptException>(() => FleetGraph.Build(Fleet)).Mistakes.Select(m => m.Message)];

    public string Render(string host, string path) => RenderedFleet.FromFleet(Fleet)[host, path];
}
