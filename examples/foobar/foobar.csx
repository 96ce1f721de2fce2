// www.foobar.com: DNS -> two HAProxy hosts that share one address -> nginx -> an application -> MySQL.
// A reference says it all: naming web1 in a backend gives its address, the order, and the opening in web1's firewall.

var dns = Host("dns1", "10.77.0.53");
var lbs = Hosts(("lb1", "10.77.0.11"), ("lb2", "10.77.0.12"), role: "lb");
var web = Host("web1", "10.77.0.21");
var app = Host("app1", "10.77.0.31");
var db = Host("db1", "10.77.0.41");

var password = Secret.FromEnvironment("FOOBAR_DB_PASSWORD");
var mariadb = Var("db", "mysql") == "mariadb";

// Only what follows from the references below comes in, and SSH from where this script runs.
AllHosts.Add(new Firewall());

// The database: reached by the application alone, which may do no more than it does.
var server = db.Add(new MySqlServer { Flavor = mariadb ? MySqlFlavor.MariaDb : MySqlFlavor.MySql, BindAddress = db.Address });
var data = db.Add(new MySqlDatabase("foobar") { Charset = "utf8mb4" });
var schema = db.Add(new MySqlSchema("guestbook", data) { Sql = FileBeside("app/schema.sql") });
var account = db.Add(new MySqlUser("app", from: app) { Password = password, Grants = { data.Allow("SELECT", "INSERT") } });

// The application, under a user of its own in a hardened unit; only root can read its configuration.
app.Add(new Package("gunicorn"));
app.Add(new Package("python3-flask"));
app.Add(new Package("python3-pymysql"));
app.Add(new User("guestbook") { System = true, Home = "/opt/guestbook" });
app.Add(new Directory("/opt/guestbook"));
app.Add(new Directory("/etc/guestbook") { Mode = Mode.Octal("0700") });
var code = app.Add(new File("/opt/guestbook/guestbook.py") { Content = FileBeside("app/guestbook.py") });
var config = app.Add(new File("/etc/guestbook/database.json")
{
    Content = Content.Text($$"""{"host": "{{db.Address}}", "user": "app", "password": "{{password}}", "database": "foobar", "tls": {{(mariadb ? "false" : "true")}}}"""),
    Mode = Mode.Octal("0600"),
});
var unit = app.Add(new SystemdUnit("guestbook.service") { Content = FileBeside("app/guestbook.service") });
app.Add(new Service("guestbook")
{
    Running = true,
    Enabled = true,
    ReloadOn = [code],
    RestartOn = [config, unit],
    Listens = [app.Port(8000)],
    ConnectsTo = [server.EndpointOn(db)],
    After = [schema, account],
});

// A release that does not answer is undone. The host asks itself: its firewall lets in nobody but the web server.
Rolling([app], gates: [Gate.Http(host => $"http://{host.Address}:8000/guestbook") with { FromMember = true, Attempts = 3 }]);

// The web server: static pages itself, the rest to the application.
web.Add(new Directory("/srv/foobar"));
web.Add(new File("/srv/foobar/index.html") { Content = FileBeside("site/index.html") });
web.Add(new NginxSite("foobar")
{
    ServerNames = ["www.foobar.com"],
    Root = "/srv/foobar",
    DefaultSite = false,
    Locations = [new("/api/") { ProxyTo = app.Port(8000) }, new("/guestbook") { ProxyTo = app.Port(8000) }],
});

// The load balancers: lb1 holds the address, lb2 takes it when lb1 or its HAProxy is gone.
var site = lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24")
{
    Interval = TimeSpan.FromSeconds(0.2),
    Track = { VrrpScript.ProcessRuns("haproxy") },
});
var pages = new Backend("pages")
{
    Check = HealthCheck.Http("/", host: "www.foobar.com", expect: "status 200"),
    Servers = { web.Port(80) },
};
lbs.Add(new Haproxy
{
    Frontends = { new("www") { Bind = { site.Vip.Port(80) }, Clients = { Source.Anywhere }, DefaultBackend = pages } },
    Backends = { pages },
});

// The name.
dns.Add(new DnsZone("foobar.com")
{
    Records = [DnsRecord.A("www", site.Vip), DnsRecord.A("@", site.Vip)],
});
