using System;
using System.Linq;
using System.Threading.Tasks;
using Converge.Graph;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class NginxSiteTests
{
    private readonly Fleet _fleet = new();
    private readonly Host _web;
    private readonly Host _app;

    public NginxSiteTests()
    {
        _web = _fleet.Host("web1", "10.77.0.21");
        _app = _fleet.Host("app1", "10.77.0.31");
        _app.Add(new Service("app") { Listens = [_app.Port(8000)] });
    }

    [Fact]
    public async Task A_site_with_everything_is_written_as_nginx_reads_it()
    {
        _web.Add(Everything());

        await Verifier.Verify(Rendered("foobar"));
    }

    [Fact]
    public async Task The_smallest_site_is_small()
    {
        _web.Add(new NginxSite("foobar") { Root = "/srv/www" });

        await Verifier.Verify(Rendered("foobar"));
    }

    [Fact]
    public void Values_are_quoted_so_that_they_stay_values()
    {
        _web.Add(new NginxSite("foobar")
        {
            Root = "/srv/with space; } server {",
            Headers = { ["X-Quote"] = "say \"hi\"; \\ # $host" },
            Locations = [new("~ ^/a{2};\\.php$") { Return = new(200, "{}") }],
        });

        var text = Rendered("foobar");

        Assert.Contains("    root \"/srv/with space; } server {\";\n", text);
        Assert.Contains("    add_header X-Quote \"say \\\"hi\\\"; \\\\ # $host\" always;\n", text);
        Assert.Contains("    location ~ \"^/a{2};\\\\.php$\" {\n        return 200 \"{}\";\n", text);
    }

    [Fact]
    public void Naming_the_upstream_gives_the_order_and_the_traffic()
    {
        _web.Add(new NginxSite("foobar") { Locations = [new("/api/") { ProxyTo = _app.Port(8000) }], Clients = ["10.0.0.0/8"] });

        var graph = FleetGraph.Build(_fleet);

        Assert.Contains(new Connection(_web, _app.Port(8000)), graph.Connections);
        Assert.Contains(new Connection("10.0.0.0/8", _web.Port(80)), graph.Connections);
        var nginx = graph.Nodes.Single(n => n.Id == new ResourceId("web1", "service", "nginx.service"));
        Assert.Contains(nginx.Dependencies, e => e.To.Id == new ResourceId("app1", "service", "app.service"));
        Assert.Contains(nginx.Dependencies, e => e.To.Id == new ResourceId("web1", "file", "/etc/nginx/conf.d/foobar.conf"));
    }

    [Fact]
    public void A_shared_address_stands_for_all_hosts_that_may_hold_it()
    {
        var holder = Fleet.Group(_app).Add(new Package("keepalived"));
        var vip = SharedAddress.Parse("10.77.0.100/24") with { Holder = holder };
        _web.Add(new NginxSite("foobar") { Locations = [new("/api/") { ProxyTo = vip.Port(8000) }] });

        var graph = FleetGraph.Build(_fleet);

        Assert.Contains("proxy_pass http://10.77.0.100:8000;", Rendered("foobar"));
        Assert.Contains(new Connection(_web, _app.Port(8000)), graph.Connections);
    }

    [Fact]
    public void A_certificate_of_the_script_is_there_before_nginx_checks_the_site()
    {
        _web.Add(new File("/etc/ssl/site.key") { Content = "key" });
        _web.Add(new NginxSite("foobar") { Listen = [new(443) { Tls = true }], Tls = new("/etc/ssl/site.pem", "/etc/ssl/site.key") });

        var site = FleetGraph.Build(_fleet).Nodes.Single(n => n.Id.Name == "/etc/nginx/conf.d/foobar.conf");

        Assert.Contains(site.Dependencies, e => e.To.Id.Name == "/etc/ssl/site.key");
    }

    [Fact]
    public void Several_sites_of_a_host_share_nginx()
    {
        _web.Add(new NginxSite("one") { ServerNames = ["one.example"], DefaultSite = false });
        _web.Add(new NginxSite("two") { ServerNames = ["two.example"], DefaultSite = false, Listen = [8080] });

        var graph = FleetGraph.Build(_fleet);

        var nginx = (Service)graph.Nodes.Single(n => n.Id == new ResourceId("web1", "service", "nginx.service")).Resource;
        Assert.Equal(
            ["/etc/nginx/conf.d/one.conf", "/etc/nginx/conf.d/two.conf", "/etc/nginx/sites-enabled/default"],
            nginx.ReloadOn.Select(r => r.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal([80, 8080], nginx.Listens.Select(e => e.Number).Order());
        Assert.Single(graph.Nodes, n => n.Id == new ResourceId("web1", "package", "nginx"));
    }

    [Fact]
    public async Task All_mistakes_are_told_at_once()
    {
        _web.Add(new NginxSite("../evil")
        {
            ServerNames = ["www.foobar.com; return 200"],
            Root = "/srv\n}",
            Listen = [0, new(443) { Tls = true }, new(80) { Address = "::" }, _app.Port(81)],
            Headers = { ["X-Bad: 1\r\nSet-Cookie"] = "1" },
            TrustedProxies = ["lb1"],
            Locations =
            [
                new("api/"),
                new("/a") { ProxyTo = _app.Port(8000), Return = new(404) },
                new("/a") { Root = "/x", Alias = "/y" },
                new("~ \\.php$") { ProxyTo = _app.Port(8000), ProxyPath = "/" },
                new("/b") { ProxyPath = "/" },
                new("/c") { ProxyTo = "http://x\n;", Headers = { ["a b"] = "1" } },
            ],
        });

        await Verifier.Verify(Mistakes());
    }

    [Fact]
    public async Task Two_sites_of_a_host_must_not_answer_for_one_name()
    {
        _web.Add(new NginxSite("one") { ServerNames = ["www.foobar.com", "foobar.com"], Listen = [new(80) { Default = true }] });
        _web.Add(new NginxSite("two") { ServerNames = ["WWW.foobar.com"], Listen = [new(80) { Default = true }] });
        _web.Add(new NginxSite("three"));
        _web.Add(new NginxSite("four"));
        _web.Add(new NginxSite("five") { ServerNames = ["www.foobar.com"], Listen = [8080] });
        _app.Add(new NginxSite("six") { ServerNames = ["www.foobar.com"] });

        await Verifier.Verify(Mistakes());
    }

    [Theory]
    [InlineData("good", 0, "")]
    [InlineData("bad", 1, "unknown directive \"oops\"")]
    public void Nginx_itself_judges_the_site(string which, int exitCode, string said)
    {
        RealTool.RequireIsolated("nginx");
        var site = Everything() with { Listen = [80, _web.Port(81)], Tls = null };
        _web.Add(which == "good" ? site : site with { Lines = ["oops;"] });
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(folder["site.conf"], Rendered("foobar"));
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(t => $"{t}_temp_path {folder[t]}; "));
        System.IO.File.WriteAllText(folder["nginx.conf"], $"pid {folder["pid"]};\nevents {{}}\nhttp {{ access_log off; {temporary} include {folder["site.conf"]}; }}\n");

        var verdict = Shell.Run("unshare", ["-n", "sh", "-c", "ip link set lo up && ip addr add 10.77.0.21/32 dev lo; exec nginx -t -q -e stderr -c \"$1\"", "sh", folder["nginx.conf"]]);

        Assert.Contains(said, verdict.Error);
        Assert.True(exitCode == verdict.ExitCode, verdict.Error);
    }

    private NginxSite Everything() => new("foobar")
    {
        ServerNames = ["www.foobar.com", "*.foobar.com", "~^(?<who>.+)\\.example\\.net$"],
        Listen = [80, new(8080) { Default = true }, new(80) { Address = "[::]" }, new(443) { Tls = true }, _web.Port(81)],
        Root = "/srv/www/foobar",
        Index = ["index.html", "index.htm"],
        Headers = { ["X-Content-Type-Options"] = "nosniff", ["X-Frame-Options"] = "DENY" },
        MaxBodyBytes = 1024 * 1024,
        Tls = new("/etc/ssl/certs/foobar.pem", "/etc/ssl/private/foobar.key"),
        TrustedProxies = ["10.77.0.0/24", _app],
        HttpLines = ["limit_req_zone $binary_remote_addr zone=posts:1m rate=5r/s;"],
        Lines = ["error_page 405 = @app;"],
        Locations =
        [
            new("/") { TryFiles = ["$uri", "$uri/", "=404"] },
            new("/api/")
            {
                ProxyTo = _app.Port(8000),
                ProxyPath = "/",
                ProxyHeaders = { ["x-forwarded-proto"] = "$http_x_forwarded_proto", ["Accept-Encoding"] = "" },
                ProxyTimeout = TimeSpan.FromSeconds(2.5),
                Headers = { ["Cache-Control"] = "no-store", ["x-frame-options"] = "SAMEORIGIN" },
                MaxBodyBytes = 0,
                Lines = ["limit_req zone=posts burst=10;"],
            },
            new("@app") { ProxyTo = _app.Port(8000) },
            new("= /health") { Return = new(200, "ok\n") },
            new("= /old") { Return = new(301, "https://$host/new") },
            new("= /gone") { Return = new(410) },
            new("^~ /static/") { Alias = "/srv/static/" },
            new("~* \\.(png|jpg)$") { Root = "/srv/pictures" },
        ],
    };

    private string Rendered(string site) => RenderedFleet.FromFleet(_fleet)["web1", $"/etc/nginx/conf.d/{site}.conf"];

    private string Mistakes() => string.Concat(Assert.Throws<ScriptException>(() => FleetGraph.Build(_fleet)).Mistakes.Select(m => m.Message + "\n"));
}
