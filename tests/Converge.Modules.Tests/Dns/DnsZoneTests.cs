using System;
using System.Linq;
using System.Threading.Tasks;
using Converge.Graph;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class DnsZoneTests
{
    private readonly Fleet _fleet = new();
    private readonly Host _dns;

    public DnsZoneTests() => _dns = _fleet.Host("dns1", "10.77.0.5");

    [Fact]
    public async Task A_zone_with_everything_is_written_as_bind_reads_it()
    {
        _dns.Add(Everything());

        await Verifier.Verify(Rendered());
    }

    [Fact]
    public async Task The_smallest_zone_is_small()
    {
        _dns.Add(new DnsZone("Foobar.com.") { Records = [DnsRecord.A("www", "10.77.0.100")] });

        await Verifier.Verify(RenderedFleet.FromFleet(_fleet).Texts());
    }

    [Fact]
    public void On_several_hosts_each_of_them_is_a_name_server()
    {
        Fleet.Group(_dns, _fleet.Host("dns2", "fd00::6")).Add(new DnsZone("foobar.com"));

        var files = RenderedFleet.FromFleet(_fleet);

        Assert.Equal(files["dns1", "/etc/bind/zones/foobar.com.zone"], files["dns2", "/etc/bind/zones/foobar.com.zone"]);
        Assert.EndsWith("@\tIN\tNS\tdns1.foobar.com.\n@\tIN\tNS\tdns2.foobar.com.\ndns1\tIN\tA\t10.77.0.5\ndns2\tIN\tAAAA\tfd00::6\n", Rendered());
    }

    [Fact]
    public void The_order_of_the_script_does_not_show_in_the_zone()
    {
        var zone = Everything();
        _dns.Add(zone);
        var forwards = Rendered();
        var other = new Fleet();
        other.Host("dns1", "10.77.0.5").Add(zone with { Records = [.. zone.Records.Reverse()] });

        Assert.Equal(forwards, RenderedFleet.FromFleet(other)["dns1", "/etc/bind/zones/foobar.com.zone"]);
    }

    [Fact]
    public void A_record_takes_a_host_or_a_shared_address()
    {
        var web = _fleet.Host("web1", "10.77.0.21");
        _dns.Add(new DnsZone("foobar.com") { Records = [DnsRecord.A("web", web), DnsRecord.A("www", SharedAddress.Parse("10.77.0.100/24"))] });

        Assert.EndsWith("web\tIN\tA\t10.77.0.21\nwww\tIN\tA\t10.77.0.100\n", Rendered());
    }

    [Fact]
    public void Text_of_any_length_and_any_characters_becomes_strings_of_255_bytes()
    {
        var text = DnsRecord.Txt("@", new string('a', 254) + "ä\"\\\n");

        Assert.Equal($"\"{new string('a', 254)}\\195\" \"\\164\\\"\\\\\\010\"", text.Data);
        Assert.Equal("\"\"", DnsRecord.Txt("@", "").Data);
    }

    [Fact]
    public void Anyone_may_ask_unless_the_zone_says_who()
    {
        _dns.Add(new DnsZone("foobar.com"));
        var secret = _fleet.Host("dns2", "10.77.0.6");
        secret.Add(new DnsZone("internal.example") { Clients = ["10.0.0.0/8"], Secondaries = [_dns] });

        var connections = FleetGraph.Build(_fleet).Connections;

        Assert.Equal(
            [
                "0.0.0.0/0 dns1:53/tcp", "0.0.0.0/0 dns1:53/udp", "10.0.0.0/8 dns2:53/tcp", "10.0.0.0/8 dns2:53/udp", "dns1 dns2:53/tcp", "dns1 dns2:53/udp",
            ],
            connections.Select(c => $"{c.From.Host?.Name ?? c.From.Network} {c.To}").Order(StringComparer.Ordinal));
        var statement = RenderedFleet.FromFleet(_fleet)["dns2", "/etc/bind/zones/internal.example.conf"];
        Assert.Contains("\tallow-query { 10.0.0.0/8; };\n\tallow-transfer { 10.77.0.5; };\n", statement);
    }

    [Fact]
    public void Several_zones_of_a_host_share_the_server()
    {
        _dns.Add(new DnsZone("foobar.com"));
        _dns.Add(new DnsZone("0.77.10.in-addr.arpa") { NameServers = ["dns1.foobar.com."], Records = [DnsRecord.Ptr("5", "dns1.foobar.com.")] });

        var graph = FleetGraph.Build(_fleet);

        var named = (Service)graph.Nodes.Single(n => n.Id == new ResourceId("dns1", "service", "named.service")).Resource;
        Assert.Equal(
            [
                "/etc/bind/named.conf.local", "/etc/bind/named.conf.options",
                "/etc/bind/zones/0.77.10.in-addr.arpa.conf", "/etc/bind/zones/0.77.10.in-addr.arpa.zone",
                "/etc/bind/zones/foobar.com.conf", "/etc/bind/zones/foobar.com.zone",
            ],
            named.ReloadOn.Select(r => r.Name).Distinct().Order(StringComparer.Ordinal));
        var local = graph.Nodes.Single(n => n.Id.Name == "/etc/bind/named.conf.local");
        Assert.Equal(2, local.Dependencies.Count(e => e.To.Id.Name.EndsWith(".conf", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task All_mistakes_of_names_are_told_at_once()
    {
        _dns.Add(new DnsZone("foobar.com")
        {
            NameServers = ["dns1..x"],
            Ttl = TimeSpan.FromSeconds(1.5),
            Soa = new DnsSoa { Contact = "admin at foobar", Expire = TimeSpan.FromDays(36500) },
            Clients = ["everyone"],
            Records =
            [
                DnsRecord.A("www.foobar.com", "10.0.0.1"),
                DnsRecord.A("v6", "fd00::1"),
                DnsRecord.Aaaa("v4", "10.0.0.1"),
                DnsRecord.A("host", _fleet.Host("web1")),
                DnsRecord.A("short", "10.1"),
                DnsRecord.A("bücher", "10.0.0.1"),
                DnsRecord.A("-x", "10.0.0.1"),
                DnsRecord.A(new string('x', 64), "10.0.0.1"),
                DnsRecord.A("x\nevil", "10.0.0.1"),
                DnsRecord.Mx("@", 70000, "mail.foobar.com"),
                DnsRecord.Srv("_sip._tcp", 1, -1, 5060, "."),
                DnsRecord.Caa("@", "Issue", "ca.example"),
                new DnsRecord("ssh", "sshfp", "1 1 00"),
                new DnsRecord("ssh", "SSHFP", "1 1 00\n@ NS evil."),
                DnsRecord.A("ttl", "10.0.0.1") with { Ttl = TimeSpan.FromSeconds(-1) },
            ],
        });
        _dns.Add(new DnsZone("no zone"));

        await Verifier.Verify(Mistakes());
    }

    [Fact]
    public async Task All_mistakes_between_records_are_told_at_once()
    {
        _dns.Add(new DnsZone("foobar.com")
        {
            NameServers = [_dns, "ns2", "ns3.example.net"],
            Records =
            [
                DnsRecord.Cname("@", "www"),
                DnsRecord.A("www", "10.0.0.1"),
                DnsRecord.A("www", "10.0.0.2") with { Ttl = TimeSpan.FromMinutes(5) },
                DnsRecord.Cname("alias", "www"),
                DnsRecord.Txt("alias", "beside"),
                DnsRecord.Mx("@", 10, "alias"),
                DnsRecord.Mx("@", 20, "mail.example.net"),
                DnsRecord.Mx("@", 20, "mail.example.org."),
                DnsRecord.A("twice", "10.0.0.1"),
                DnsRecord.A("TWICE.foobar.com.", "10.0.0.1"),
                DnsRecord.A("other.example.", "10.0.0.1"),
                DnsRecord.A("_host", "10.0.0.1"),
                DnsRecord.Cname("dangling", "nowhere"),
                DnsRecord.Cname("into-wildcard", "any.wild"),
                DnsRecord.A("*.wild", "10.0.0.1"),
                DnsRecord.Ns("delegated", "ns.delegated"),
                DnsRecord.Cname("into-delegation", "x.delegated"),
            ],
        });

        await Verifier.Verify(Mistakes());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Bind_itself_judges_the_zone(bool good)
    {
        RealTool.Require("named-checkzone");
        var zone = Everything();
        _dns.Add(good ? zone : zone with { Records = [.. zone.Records, new DnsRecord("bad", "A", "not an address")] });
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(folder["zone"], Rendered().Replace("‹serial›", "7", StringComparison.Ordinal));

        var verdict = Shell.Run("named-checkzone", ["-k", "fail", "-i", "local", "foobar.com", folder["zone"]]);

        Assert.True(good == (verdict.ExitCode == 0), verdict.Text + verdict.Error);
        Assert.Contains(good ? "zone foobar.com/IN: loaded serial 7" : "bad dotted quad", verdict.Text + verdict.Error);
    }

    [Fact]
    public void Bind_itself_accepts_the_servers_files()
    {
        RealTool.Require("named-checkconf");
        _dns.Add(Everything());
        using var folder = new TemporaryFolder();
        var files = RenderedFleet.FromFleet(_fleet);
        System.IO.File.WriteAllText(folder["options"], files["dns1", NamedConfig.OptionsPath].Replace("/var/cache/bind", folder.Path, StringComparison.Ordinal));
        System.IO.File.WriteAllText(folder["zone.conf"], files["dns1", "/etc/bind/zones/foobar.com.conf"]);
        System.IO.File.WriteAllText(folder["named.conf"], $"include \"{folder["options"]}\";\ninclude \"{folder["zone"]}*.conf\";\n");

        var verdict = Shell.Run("named-checkconf", [folder["named.conf"]]);

        Assert.Equal((0, ""), (verdict.ExitCode, verdict.Text + verdict.Error));
    }

    private DnsZone Everything() => new("foobar.com")
    {
        NameServers = [_dns, "ns2", "ns.example.net."],
        Ttl = TimeSpan.FromMinutes(30),
        Soa = new DnsSoa { Contact = "dns.admin@foobar.com", NegativeTtl = TimeSpan.FromMinutes(5) },
        Secondaries = ["10.77.0.6"],
        Lines = ["notify explicit;"],
        ServerLines = ["max-udp-size 1232;"],
        Records =
        [
            DnsRecord.A("ns2", "10.77.0.6"),
            DnsRecord.A("@", "10.77.0.100"),
            DnsRecord.Aaaa("@", "fd00::100"),
            DnsRecord.A("www", SharedAddress.Parse("10.77.0.100/24")) with { Ttl = TimeSpan.FromMinutes(1) },
            DnsRecord.A("*.apps", "10.77.0.101"),
            DnsRecord.Cname("static", "www"),
            DnsRecord.Cname("blog", "blog.apps"),
            DnsRecord.Cname("docs", "docs.example.net."),
            DnsRecord.Mx("@", 10, "mail"),
            DnsRecord.Mx("@", 20, "mail.example.net."),
            DnsRecord.A("mail", "10.77.0.50"),
            DnsRecord.Txt("@", "v=spf1 mx -all"),
            DnsRecord.Txt("key._domainkey", $"v=DKIM1; p={new string('A', 400)}"),
            DnsRecord.Srv("_sip._tcp", 10, 60, 5060, "mail"),
            DnsRecord.Srv("_imap._tcp", 0, 0, 0, "."),
            DnsRecord.Caa("@", "issue", "letsencrypt.org"),
            DnsRecord.Caa("@", "issuewild", ";", critical: true),
            DnsRecord.Ns("lab", "ns.lab"),
            DnsRecord.A("ns.lab", "10.78.0.1"),
            new DnsRecord("mail", "SSHFP", "4 2 0000000000000000000000000000000000000000000000000000000000000000"),
        ],
    };

    private string Rendered() => RenderedFleet.FromFleet(_fleet)["dns1", "/etc/bind/zones/foobar.com.zone"];

    private string Mistakes() => string.Concat(Assert.Throws<ScriptException>(() => FleetGraph.Build(_fleet)).Mistakes.Select(m => m.Message + "\n"));
}
