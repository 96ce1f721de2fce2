using System;

namespace Converge.Modules.Tests;

/// <summary>Configurations that are rendered, compared, and given to the real HAProxy.</summary>
internal static class HaproxyExamples
{
    public static Site Small()
    {
        var site = new Site();
        var pages = new Backend("pages") { Check = HealthCheck.Http("/health"), Servers = { site.Web1.Port(80), site.Web2.Port(80) } };
        site.Lbs.Add(new Haproxy
        {
            Frontends = { new("www") { Bind = { 80 }, Clients = { Source.Anywhere }, DefaultBackend = pages } },
            Backends = { pages },
        });
        return site;
    }

    /// <summary>Every property at least once, as far as it needs no file on the host.</summary>
    public static Site Everything()
    {
        var site = new Site();
        var vip = SharedAddress.Parse("10.77.0.100/24");
        site.Lbs.Add(new Haproxy
        {
            Global = new()
            {
                MaxConnections = 20_000,
                Threads = 2,
                HardStopAfter = TimeSpan.FromMinutes(30),
                SpreadChecks = 5,
                TlsBindCiphers = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256",
                TlsBindCipherSuites = "TLS_AES_128_GCM_SHA256",
                Tune = { ["bufsize"] = "32768", ["ssl.default-dh-param"] = "2048" },
                Lines = { RawLine.First("description test"), RawLine.After("log", "log-send-hostname"), RawLine.Before("user", "pidfile /run/haproxy.pid") },
            },
            Defaults = new() { MaxConnections = 5_000, Retries = 2, RetryOn = "conn-failure", DefaultServer = new() { Inter = TimeSpan.FromSeconds(3) }, ForwardFor = true, ErrorFiles = { [503] = "/etc/haproxy/errors/503.http" } },
            Frontends = { Www(site, vip), Tls(vip) },
            Backends = { Api(site), Pages(site), Hashed(site) },
            Listens = { Database(), Stats(site) },
            Userlists = { new("admins") { Users = { new("alice", Secret.FromValue("ALICE", "it's a \"secret\" $x")) { Groups = { "ops" } }, new("bob", Secret.FromValue("BOB", "$5$salt$hash")) { Hashed = true } } } },
            Peers = { new("lbs") },
            Resolvers = { new("dns") { NameServers = { new("dns1", "10.77.0.53:53") }, UseSystem = true, HoldValid = TimeSpan.FromSeconds(5), Retries = 2, TimeoutRetry = TimeSpan.FromMilliseconds(500), AcceptedPayloadSize = 4096 } },
            Sections = { new("cache small") { Lines = { "total-max-size 4", "max-age 60" } } },
        });
        return site;
    }

    private static Frontend Www(Site site, SharedAddress vip)
    {
        var api = new Acl("is_api", "path_beg /api/");
        var office = new Acl("from_office", "src 192.0.2.0/24 10.77.0.0/24");
        return new Frontend("www")
        {
            Bind = { new(vip.Port(80)) { Name = "public", MaxConnections = 10_000, Backlog = 1024, TcpFastOpen = true }, Bind.Own(8080), new("unix@/run/haproxy/www.sock") { Mode = "660", User = "haproxy", Group = "haproxy", AcceptProxy = true } },
            MaxConnections = 10_000,
            Timeouts = new() { Client = TimeSpan.FromSeconds(30), HttpRequest = TimeSpan.FromSeconds(5), HttpKeepAlive = TimeSpan.FromMilliseconds(1500), Tarpit = TimeSpan.FromSeconds(20), ClientFin = TimeSpan.FromSeconds(1) },
            Options = { "http-server-close", "no dontlognull" },
            StickTable = new("ip", 100_000) { Expire = TimeSpan.FromMinutes(5), Store = { "http_req_rate(10s)", "conn_cur" }, Peers = "lbs" },
            Compression = new(),
            LogFormat = "%ci:%cp [%tr] %ft \"%r\"",
            Rules =
            {
                TcpRequest.OnConnection("track-sc0 src"),
                TcpRequest.OnConnection("reject").If("{ sc0_conn_cur gt 100 }"),
                HttpRequest.Deny(429).If("{ sc_http_req_rate(0) gt 200 }"),
                HttpRequest.DeleteHeader("X-Forwarded-For"),
                HttpRequest.SetHeader("X-Forwarded-Proto", "http"),
                HttpRequest.AddHeader("X-Who", "it's %[src] # not a comment"),
                HttpRequest.SetHeader("X-Key", Secret.FromValue("KEY", "s3cr3t key")),
                HttpRequest.SetVariable("txn.host", "req.hdr(host),lower"),
                HttpRequest.ReplaceHeader("Referer", "^http://(.*)", "https://\\1"),
                HttpRequest.ReplacePath("^/old/(.*)", "/new/\\1"),
                HttpRequest.SetQuery("%[query,regsub(a,b,g)]"),
                HttpRequest.Authenticate("The admins' room").If("{ path_beg /admin }").If("{ path_beg /admin } !{ http_auth(admins) }"),
                HttpRequest.Deny(403).If((api & !office) | "{ path_beg /internal }"),
                HttpRequest.Tarpit(500).If("{ path -m end .php }"),
                HttpRequest.SilentDrop().If("{ path_beg /drop }"),
                HttpRequest.Return(200, "text/plain", "all is well\n").If("{ path /ping }"),
                HttpRequest.Allow().Unless(api),
                Redirect.Prefix("https://www.foobar.com").If("{ hdr(host) -i foobar.com }"),
                Redirect.Location("/index.html").If("{ path / }"),
                HttpResponse.SetHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
                HttpResponse.DeleteHeader("Server"),
                HttpResponse.AddHeader("X-Served-By", "%[srv_name]"),
                HttpResponse.SetStatus(418).If("{ status 499 }"),
                HttpResponse.Deny().If("{ res.hdr(X-Bad) -m found }"),
                HttpResponse.DoAfter("set-header X-All yes"),
                HaproxyRule.Raw("http-request capture req.hdr(User-Agent) len 64"),
                Use.Backend("api").If(api),
                Use.Backend("hashed").Unless("METH_GET or HTTP_1.0"),
            },
            DefaultBackend = "pages",
        };
    }

    private static Frontend Tls(SharedAddress vip) => new("tls")
    {
        Bind = { new(vip.Port(443)) { Tls = new() { Certificates = { "/etc/haproxy/test certs/a.pem" }, Alpn = { "h2", "http/1.1" }, MinimumVersion = "TLSv1.2", StrictSni = true } } },
        Rules = { Redirect.Scheme("https").Unless("{ ssl_fc }") },
        DefaultBackend = "pages",
    };

    private static Backend Api(Site site) => new("api")
    {
        Balance = Balance.LeastConnections,
        Check = HealthCheck.Http("/health", "HEAD", host: "www.foobar.com", expect: "status 200-299"),
        Cookie = new("SRV") { MaxIdle = TimeSpan.FromMinutes(30), MaxLife = TimeSpan.FromHours(8), Domain = "foobar.com" },
        DefaultServer = new() { FastInter = TimeSpan.FromSeconds(1), DownInter = TimeSpan.FromSeconds(10), Rise = 2, Fall = 3, SlowStart = TimeSpan.FromSeconds(20) },
        Timeouts = new() { Connect = TimeSpan.FromSeconds(2), Server = TimeSpan.FromSeconds(60), Queue = TimeSpan.FromSeconds(10), Tunnel = TimeSpan.FromHours(1), Check = TimeSpan.FromSeconds(2), ServerFin = TimeSpan.FromSeconds(1) },
        Servers =
        {
            new("app1", site.App1.Port(8000)) { Weight = 100, MaxConnections = 200, MinConnections = 20, MaxQueue = 50, Observe = "layer7", ErrorLimit = 10, OnError = "mark-down", ShutdownSessionsWhenDown = true },
            new("spare", "192.0.2.9:8443") { Backup = true, Disabled = true, Tls = new() { Authority = "/etc/haproxy/test certs/a.pem", Sni = "str(app.foobar.com)", VerifyHost = "app.foobar.com" }, CheckSni = "app.foobar.com", ShutdownBackupSessionsWhenUp = true, Check = false },
        },
        Rules = { HttpRequest.SetPath("/v1%[path]"), Use.Server("app1").If("{ path_beg /v1/one }") },
        RetryOn = "all-retryable-errors",
        HttpReuse = "safe",
        FullConnections = 500,
    };

    private static Backend Pages(Site site) => new("pages")
    {
        Check = HealthCheck.HttpSteps("connect", "send meth GET uri /health", "expect status 200"),
        Servers =
        {
            new("web1", site.Web1.Port(80)) { CheckPort = 81, CheckAddress = "10.77.0.21", Source = "0.0.0.0", PoolMaxConnections = 50, PoolPurgeDelay = TimeSpan.FromSeconds(5) },
            new("web2", site.Web2.Port(80)) { SendProxy = ProxyHeader.V2, CheckSendProxy = true, Track = "api/app1", Check = false, Extra = "error-limit 5" },
        },
    };

    private static Backend Hashed(Site site) => new("hashed")
    {
        Balance = Balance.Uri,
        HashType = "consistent",
        Servers =
        {
            new("cloud", "www.example.com:443") { Slots = 3, Resolvers = "dns", ResolvePrefer = "ipv4", InitialAddress = "none", Tls = new() { Verify = false, Alpn = { "h2" } } },
            new("h2c", "192.0.2.10:80") { Protocol = "h2", SendProxy = ProxyHeader.V1, CheckTls = true, Check = true, AgentPort = 9000, AgentInter = TimeSpan.FromSeconds(5) },
        },
    };

    private static Listen Database() => new("mysql")
    {
        Bind = { "127.0.0.1:3306", new("[::1]:3306") { V4V6 = true } },
        Mode = ProxyMode.Tcp,
        Balance = Balance.First,
        Check = HealthCheck.MySql("haproxy"),
        StickTable = new("ip", 1_000),
        Rules = { TcpRequest.InspectDelay(TimeSpan.FromSeconds(5)), TcpRequest.OnContent("accept").If("{ req.len gt 0 }"), Stick.On("src") },
        Servers = { new("db1", "10.77.0.41:3306"), new("db2", "10.77.0.42:3306") { Backup = true } },
        Timeouts = new() { Client = TimeSpan.FromHours(8), Server = TimeSpan.FromHours(8) },
    };

    private static Listen Stats(Site site) => new("stats")
    {
        Bind = { site.Lb1.Port(8404), site.Lb2.Port(8405) },
        Clients = { "10.77.0.0/24" },
        Stats = new("/") { Refresh = TimeSpan.FromSeconds(10), Realm = "HAProxy's numbers", Users = { ["admin"] = Secret.FromValue("STATS", "p4ss:w'rd") }, AdminIf = "TRUE", ShowLegends = true },
        Rules = { HttpRequest.UseService("prometheus-exporter").If("{ path /metrics }") },
        Lines = { "backlog 100" }, ForwardFor = false,
    };
}
