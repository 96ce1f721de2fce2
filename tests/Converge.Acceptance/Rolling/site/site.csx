// Two load balancers that share an address; behind them two servers, each with nginx for the pages and the application.

var lbs = Hosts(("lb1", "10.78.70.11"), ("lb2", "10.78.70.12"));
var webs = Hosts(("web1", "10.78.70.21"), ("web2", "10.78.70.22"));

webs.Add(new Directory("/srv/site"));
webs.Add(new File("/srv/site/index.html") { Content = Var("page", "first page") + "\n" });
webs.Add(new NginxSite("site")
{
    Root = "/srv/site",
    DefaultSite = false,
    Headers = { ["X-Answered"] = Var("header", "first") },
});

webs.Add(new Package("gunicorn"));
webs.Add(new Directory("/srv/app"));
var code = webs.Add(new File("/srv/app/release.py") { Content = FileBeside(Var("release", "good.py")) });
var unit = webs.Add(new SystemdUnit("app.service") { Content = FileBeside("app.service") });
foreach (var web in webs)
{
    web.Add(new Service("app") { Running = true, Enabled = true, RestartOn = [code, unit], Listens = [web.Port(8000)] });
}

Rolling(webs, atOnce: 1, gates:
[
    Gate.Http(web => $"http://{web.Address}/", 200),
    Gate.Http(web => $"http://{web.Address}:8000/api", 200) with { Attempts = 3 },
]);

var site = lbs.Add(new VrrpCluster("www", vip: "10.78.70.100/24")
{
    Interval = TimeSpan.FromMilliseconds(Var("interval", 200)),
    Track = { VrrpScript.ProcessRuns("haproxy") },
});
var servers = new BackendServer { Inter = TimeSpan.FromSeconds(0.5), Rise = 2, Fall = 2 };
var pages = new Backend("pages") { Check = HealthCheck.Http("/", expect: "status 200"), DefaultServer = servers, Servers = { webs[0].Port(80), webs[1].Port(80) } };
var api = new Backend("api") { Check = HealthCheck.Http("/api", expect: "status 200"), DefaultServer = servers, Servers = { webs[0].Port(8000), webs[1].Port(8000) } };
lbs.Add(new Haproxy
{
    Frontends =
    {
        new("www")
        {
            Bind = { site.Vip.Port(80) },
            Timeouts = new() { Client = TimeSpan.FromSeconds(Var("timeout", 30)) },
            Rules = { Use.Backend(api).If(new Acl("is_api", "path_beg /api")) },
            DefaultBackend = pages,
        },
    },
    Backends = { pages, api },
});
