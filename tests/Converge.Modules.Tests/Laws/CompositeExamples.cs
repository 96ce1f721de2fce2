using System;
using System.Collections.Generic;

namespace Converge.Modules.Tests.Laws;

/// <summary>Small fleets, each with one composite; where it can carry a secret, with one.</summary>
internal static class CompositeExamples
{
    public static Secret Password { get; } = Secret.FromValue("LAW_PASSWORD", "c0rrect-");

    public static IReadOnlyDictionary<string, Action<Fleet>> All { get; } = new Dictionary<string, Action<Fleet>>
    {
        [nameof(Template)] = fleet => fleet.Host("app1").Add(new Template("/etc/app.conf") { Text = "on {{ host.name }}: {{ password }}\n", Values = new { password = Password } }),
        [nameof(Haproxy)] = Balancers,
        [nameof(VrrpCluster)] = fleet => Pair(fleet).Add(new VrrpCluster("www", vip: "10.77.0.100/24") { Password = Password }),
        [nameof(MySqlServer)] = fleet =>
        {
            var db = fleet.Host("db1", "10.77.0.41");
            db.Add(new MySqlServer { BindAddress = db.Address });
        },
        [nameof(NginxSite)] = fleet => fleet.Host("web1").Add(new NginxSite("foobar") { Root = "/srv/www" }),
        [nameof(Firewall)] = fleet =>
        {
            var (web, app) = (fleet.Host("web1", "10.77.0.21"), fleet.Host("app1", "10.77.0.31"));
            app.Add(new Service("app") { Listens = [app.Port(8000)] });
            web.Add(new Service("nginx") { ConnectsTo = [app.Port(8000)] });
            Fleet.Group(web, app).Add(new Firewall());
        },
        [nameof(DnsZone)] = fleet => fleet.Host("dns1", "10.77.0.5").Add(new DnsZone("foobar.com") { Records = [DnsRecord.A("www", "10.77.0.100")] }),
    };

    private static HostGroup Pair(Fleet fleet) => Fleet.Group(fleet.Host("lb1", "10.77.0.11"), fleet.Host("lb2", "10.77.0.12"));

    private static void Balancers(Fleet fleet)
    {
        var web = fleet.Host("web1", "10.77.0.21");
        web.Add(new Service("nginx") { Listens = [web.Port(80)] });
        var pages = new Backend("pages") { Servers = { web.Port(80) } };
        Pair(fleet).Add(new Haproxy { Frontends = { new("www") { Bind = { 80 }, Clients = { Source.Anywhere }, DefaultBackend = pages } }, Backends = { pages }, Userlists = { new("admins") { Users = { new("alice", Password) } } } });
    }
}
