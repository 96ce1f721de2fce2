using System;

namespace Converge.Modules.Tests;

public sealed class HaproxyMistakeTests
{
    private readonly Site _site = new();

    [Fact]
    public void A_backend_that_is_not_described_is_refused_with_the_name_that_was_meant()
    {
        _site.Lbs.Add(new Haproxy
        {
            Frontends = { new("www") { Bind = { 80 }, DefaultBackend = "page", Rules = { Use.Backend("appi").If("TRUE") } } },
            Backends = { new("pages"), new("api") },
        });

        Assert.Equal(
            [
                "haproxy haproxy: frontend www sends to backend \"appi\", which is not described; did you mean api?",
                "haproxy haproxy: frontend www sends to backend \"page\", which is not described; did you mean pages?",
            ],
            _site.Mistakes());
    }

    [Theory]
    [InlineData("frontend www and frontend www have one name", "www", "other")]
    [InlineData("frontend both and listen both have one name", "both", "other")]
    [InlineData("backend both and listen both have one name", "other", "both")]
    public void Two_sections_of_one_name_are_refused(string expected, string frontend, string backend)
    {
        var haproxy = new Haproxy
        {
            Frontends = { new("www") { Bind = { 80 } }, new(frontend) { Bind = { 81 } } },
            Backends = { new(backend) },
            Listens = { new("both") { Bind = { 82 } } },
        };

        Assert.Equal([expected], haproxy.Mistakes());
    }

    [Fact]
    public void Traffic_does_not_go_between_modes()
    {
        var haproxy = new Haproxy
        {
            Frontends = { new("www") { Bind = { 80 }, DefaultBackend = "raw" } },
            Backends = { new("raw") { Mode = ProxyMode.Tcp } },
        };

        Assert.Equal(["frontend www is in mode http and backend raw in mode tcp: traffic cannot go from one to the other"], haproxy.Mistakes());
    }

    [Fact]
    public void What_needs_mode_http_is_refused_in_mode_tcp()
    {
        var haproxy = new Haproxy
        {
            Defaults = new() { Mode = ProxyMode.Tcp },
            Listens = { new("x") { Bind = { 80 }, Stats = new("/"), Cookie = new("SRV"), Balance = Balance.Uri } },
        };

        Assert.Equal(["listen x: a statistics page needs mode http", "listen x: balance uri needs mode http", "listen x: a cookie needs mode http"], haproxy.Mistakes());
    }

    [Theory]
    [InlineData("10.77.0.100:80", "10.77.0.100:80", true)]
    [InlineData(":80", "10.77.0.100:80", true)]
    [InlineData("[::]:80", "[fd00::1]:80", true)]
    [InlineData("10.77.0.100:80", "10.77.0.101:80", false)]
    [InlineData("quic4@:443", ":443", false)]
    [InlineData("unix@/run/a", "unix@/run/b", false)]
    public void One_port_cannot_be_bound_twice(string one, string two, bool clash)
    {
        _site.Lb1.Add(new Haproxy { Frontends = { new("one") { Bind = { one } }, new("two") { Bind = { two } }, new("broken") } });

        Assert.Equal(clash, BindAddress.Read(one).Clashes(BindAddress.Read(two)));
    }

    [Fact]
    public void A_clash_of_ports_names_both_sections()
    {
        _site.Lbs.Add(new Haproxy { Frontends = { new("www") { Bind = { 80 } } }, Listens = { new("stats") { Bind = { _site.Lb2.Port(80), _site.Lb1.Port(8404) } } } });

        Assert.Equal(["haproxy haproxy: frontend www and listen stats both bind to port 80 (:80 and 10.77.0.12:80)"], _site.Mistakes());
    }

    [Fact]
    public void A_line_break_writes_no_second_line()
    {
        _site.Lb1.Add(new Haproxy
        {
            Frontends =
            {
                new("www")
                {
                    Bind = { 80 },
                    Rules = { HttpRequest.SetHeader("X-A", "1\n    default_backend evil"), HttpRequest.SetHeader("X-B", Secret.FromValue("B", "x\ny")) },
                    Lines = { "option a\r\nacl b" },
                },
            },
        });

        Assert.Equal(
            [
                "haproxy haproxy: frontend www: a value of \"http-request\" has a line break or NUL inside, which would write further lines into the configuration",
                "haproxy haproxy: frontend www: a value of \"option\" has a line break or NUL inside, which would write further lines into the configuration",
            ],
            _site.Mistakes());
    }

    [Fact]
    public void Names_are_one_word()
    {
        var haproxy = new Haproxy
        {
            Frontends = { new("w w\nw") { Bind = { 80 }, Rules = { new Acl("a b", "path /") } } },
            Backends = { new("b") { Servers = { new("web 1", "10.0.0.1:80"), new("web2", "10.0.0.1:80 check") } } },
        };

        Assert.Equal(
            [
                "\"w w?w\" is no name for a section: letters, digits and _ . : - only",
                "backend b: \"web 1\" at \"10.0.0.1:80\" is no server: name and address are one word each",
                "backend b: \"web2\" at \"10.0.0.1:80 check\" is no server: name and address are one word each",
                "frontend w w?w: \"a b\" is no name for an ACL: letters, digits and _ . : - only",
            ],
            haproxy.Mistakes());
    }

    [Fact]
    public void A_condition_names_only_ACLs_that_are_declared()
    {
        var haproxy = new Haproxy
        {
            Frontends =
            {
                new("www")
                {
                    Bind = { 80 },
                    Rules =
                    {
                        new Acl("is_api", "path_beg /api"),
                        HttpRequest.Deny().If("is_apl !METH_GET or { path / }"),
                        HttpRequest.Deny().If(new Acl("is_new", "path /new")),
                        HttpRequest.Deny().If("is_raw is_line"),
                        HttpRequest.Deny().Unless("{ path /"),
                        HaproxyRule.Raw("acl is_raw path /raw"),
                    },
                    Lines = { RawLine.Before("http-request", "acl is_line path /line") },
                },
            },
        };

        Assert.Equal(
            [
                "frontend www: \"{ path /\" is no condition: write what follows \"if\" in the manual, blanks around braces, as in: is_api !from_office or { method POST }",
                "frontend www: a condition names the ACL \"is_apl\", which the section does not declare; did you mean is_api?",
            ],
            haproxy.Mistakes());
    }

    [Fact]
    public void A_server_on_which_nothing_listens_is_refused_with_what_does()
    {
        _site.Lb1.Add(new Haproxy { Frontends = { new("www") { Bind = { 80 }, DefaultBackend = new Backend("pages") { Servers = { _site.Web1.Port(8080) } } } } });

        Assert.Equal(["lb1 connects to web1:8080/tcp, where nothing listens"], _site.Mistakes());
    }

    [Fact]
    public void A_bind_belongs_to_a_host_that_has_HAProxy()
    {
        _site.Lbs.Add(new Haproxy { Frontends = { new("www") { Bind = { _site.Web1.Port(80), _site.Lb1.Port(80) } } } });

        Assert.Equal(["haproxy haproxy: frontend www binds to web1:80/tcp, but HAProxy is on lb1, lb2", "haproxy haproxy: frontend www binds to nothing on lb2"], _site.Mistakes());
    }

    [Fact]
    public void A_shared_address_is_bound_only_where_it_is_shared()
    {
        var cluster = _site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24"));
        var nowhere = new VrrpCluster("nowhere", vip: "10.77.0.101/24");
        _site.Web1.Add(new Haproxy { Frontends = { new("www") { Bind = { cluster.Vip.Port(8080), nowhere.Vip.Port(8080) } } } });

        Assert.Equal(
            [
                "haproxy haproxy: frontend www binds to 10.77.0.100:8080/tcp on web1, but that address is shared by lb1, lb2",
                "haproxy haproxy: frontend www binds to 10.77.0.101:8080/tcp, but vrrp-cluster nowhere was not added to any host",
            ],
            _site.Mistakes());
    }

    [Fact]
    public void Raw_lines_find_their_neighbour_or_say_so()
    {
        _site.Lb1.Add(new Haproxy { Frontends = { new("www") { Bind = { 80 } } }, Global = new() { Lines = { RawLine.After("stat", "x") } } });

        Assert.Equal(["haproxy haproxy: global: the line \"x\" shall stand beside \"stat\", but no line there begins so; did you mean stats?"], _site.Mistakes());
    }

    [Fact]
    public void A_time_that_HAProxy_cannot_keep_is_refused()
    {
        _site.Lb1.Add(new Haproxy { Frontends = { new("www") { Bind = { 80 }, Timeouts = new() { Client = TimeSpan.FromDays(30) } } } });

        Assert.Equal(["haproxy haproxy: frontend www: timeout client of 2592000000 ms is none that HAProxy can keep: more than zero and less than 24 days"], _site.Mistakes());
    }

    [Fact]
    public void Small_things_that_HAProxy_would_refuse_or_ignore()
    {
        var haproxy = new Haproxy
        {
            Defaults = new("named"),
            Frontends = { new("www") { Bind = { new(443) { Tls = new() } }, Timeouts = new() { Server = TimeSpan.FromSeconds(1) }, StickTable = new("ip", 10) { Peers = "lbs" } } },
            Backends =
            {
                new("b")
                {
                    From = new(),
                    DefaultServer = new("x", "y:1"),
                    Servers = { new(), _site.Web1.Port(80), _site.Web1.Port(81), new("heavy", "10.0.0.1:80") { Weight = 257 } },
                    Timeouts = new() { Client = TimeSpan.FromSeconds(1) },
                },
            },
        };

        Assert.Equal(
            [
                "the defaults of all sections have no name, these are called named; give them to the sections that shall have them (From)",
                "backend b: the defaults that it refers to have no name",
                "frontend www: a bind with TLS has no certificate",
                "frontend www: connect, server, queue, tunnel and check timeouts belong to the backend",
                "backend b has two servers called web1: name them, new(\"web1-2\", …)",
                "backend b: a server has no address; options alone belong to DefaultServer",
                "backend b: server heavy has weight 257, not one of 0 to 256",
                "backend b: DefaultServer is options alone, without a server (x)",
                "backend b: client timeouts belong to the frontend",
                "frontend www: its stick table is shared with peers \"lbs\", which are not described",
            ],
            haproxy.Mistakes());
    }
}
