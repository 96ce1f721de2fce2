using System.Linq;
using System.Threading.Tasks;
using Converge.Graph;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class FirewallTests
{
    private static readonly HostFacts Facts = new() { ControllerAddress = "10.77.0.1", SshPort = 22 };

    private readonly Fleet _fleet = new();

    [Fact]
    public async Task Each_host_is_open_only_to_its_neighbours()
    {
        var (lb1, lb2) = (_fleet.Host("lb1", "10.77.0.11"), _fleet.Host("lb2", "10.77.0.12"));
        var web = _fleet.Host("web1", "10.77.0.21");
        var app = _fleet.Host("app1", "10.77.0.31");
        app.Add(new Service("app") { Running = true, Listens = [app.Port(8000)] });
        web.Add(new Service("nginx") { Running = true, Listens = [web.Port(80)], ConnectsTo = [app.Port(8000)] });
        foreach (var (lb, other) in new[] { (lb1, lb2), (lb2, lb1) })
        {
            lb.Add(new Service("haproxy") { Running = true, ConnectsTo = [web.Port(80)] });
            lb.Add(new Service("keepalived") { Running = true, ConnectsTo = [other.Port(0, Protocol.Vrrp)] });
        }

        Fleet.Group(web, app).Add(new Firewall());
        Fleet.Group(lb1, lb2).Add(new Firewall { Allow = [new(Source.Anywhere, 80)] });

        await Verifier.Verify(Rules(Facts));
    }

    [Fact]
    public async Task What_only_a_session_knows_is_a_named_hole_without_one()
    {
        _fleet.Host("web1", "10.77.0.21").Add(new Firewall { SshFrom = ["10.9.0.0/16"] });

        await Verifier.Verify(Rules(null));
    }

    [Fact]
    public async Task Sources_are_united_by_port_and_by_address_family()
    {
        var host = _fleet.Host("dns1", "10.77.0.5");
        host.Add(new Firewall
        {
            SshFrom = ["fd00:9::/32", "10.9.0.0/16", "10.8.0.0/16"],
            SshPort = 2222,
            Allow =
            [
                new("10.77.0.0/24", 53, Protocol.Udp),
                new("10.77.0.9", 53, Protocol.Udp),
                new("fd00::/64", 53, Protocol.Udp),
                new("10.78.0.1", 53),
                new("10.77.0.1", 53),
                new("10.79.0.0/24", 9100),
                new(Source.Anywhere, 9100),
            ],
            Lines = ["ip saddr 10.77.0.0/24 udp dport 4789 accept"],
        });

        await Verifier.Verify(Rules(Facts));
    }

    [Theory]
    [InlineData("10.77.0.0/24", "10.77.0.1", 22, "# SSH from the controller: its address is one of SshFrom.")]
    [InlineData("0.0.0.0/0", "fd00::1", 22, "# SSH from the controller: its address is one of SshFrom.")]
    [InlineData("10.78.0.0/24", "10.77.0.1", 22, "ip saddr 10.77.0.1 tcp dport 22 accept comment \"ssh from the controller\"")]
    [InlineData("10.78.0.0/24", "fe80::5%eth0", 2222, "ip6 saddr fe80::5 tcp dport 2222 accept comment \"ssh from the controller\"")]
    [InlineData("10.78.0.0/24", "", 0, "# The controller is not connected over SSH.")]
    public void The_controller_is_let_in_unless_a_declared_network_does_so_already(string sshFrom, string controller, int port, string expected)
    {
        _fleet.Host("web1", "10.77.0.21").Add(new Firewall { SshFrom = [sshFrom] });

        var text = Rules(new HostFacts { ControllerAddress = controller, SshPort = port });

        Assert.Equal(expected, text.Split('\n').SkipWhile(l => !l.Contains("policy drop")).ElementAt(1).Trim());
    }

    [Fact]
    public void A_declared_port_opens_beside_the_one_in_use()
    {
        _fleet.Host("web1", "10.77.0.21").Add(new Firewall { SshFrom = ["10.77.0.0/24"], SshPort = 2222 });

        var text = Rules(Facts);

        Assert.Contains("ip saddr 10.77.0.1 tcp dport { 22, 2222 } accept comment \"ssh from the controller\"\n", text);
        Assert.Contains("ip saddr 10.77.0.0/24 tcp dport 2222 accept comment \"ssh\"\n", text);
    }

    [Fact]
    public void The_order_of_the_script_does_not_show_in_the_rules()
    {
        var (first, second) = (_fleet.Host("a", "10.0.0.1"), _fleet.Host("b", "10.0.0.2"));
        first.Add(new Firewall { Allow = [new("10.1.0.1", 80), new("10.1.0.2", 80), new("10.1.0.1", 22)] });
        second.Add(new Firewall { Allow = [new("10.1.0.1", 22), new("10.1.0.2", 80), new("10.1.0.1", 80)] });

        var files = RenderedFleet.FromFleet(_fleet);

        Assert.Equal(files["a", Firewall.RulesPath], files["b", Firewall.RulesPath]);
    }

    [Fact]
    public void What_connects_comes_after_the_opening_for_it()
    {
        var (app, db) = (_fleet.Host("app1", "10.77.0.31"), _fleet.Host("db1", "10.77.0.41"));
        db.Add(new Service("mysql") { Listens = [db.Port(3306)] });
        app.Add(new Service("app") { ConnectsTo = [db.Port(3306)] });
        Fleet.Group(app, db).Add(new Firewall());

        var service = FleetGraph.Build(_fleet).Nodes.Single(n => n.Id == new ResourceId("app1", "service", "app.service"));

        Assert.Contains(service.Dependencies, e => e.To.Id == new ResourceId("db1", "nft-table", "inet converge"));
    }

    [Fact]
    public void Several_firewalls_of_a_host_are_one()
    {
        var (lb, web) = (_fleet.Host("lb1", "10.77.0.11"), _fleet.Host("web1", "10.77.0.21"));
        Fleet.Group(lb, web).Add(new Firewall { SshFrom = ["10.77.0.0/24"] });
        lb.Add(new Firewall { Allow = [new(Source.Anywhere, 80)], SshPort = 2222 });

        var files = RenderedFleet.FromFleet(_fleet);

        Assert.Contains("\t\ttcp dport 80 accept\n", files["lb1", Firewall.RulesPath]);
        Assert.Contains("ip saddr 10.77.0.0/24 tcp dport 2222 accept", files["lb1", Firewall.RulesPath]);
        Assert.DoesNotContain("dport 80", files["web1", Firewall.RulesPath]);
    }

    [Fact]
    public void A_rule_names_no_more_hosts_than_nft_takes_in_a_comment()
    {
        var db = _fleet.Host("db1", "10.77.0.41");
        db.Add(new Service("mysql") { Listens = [db.Port(3306)] });
        foreach (var i in Enumerable.Range(1, 60))
        {
            _fleet.Host($"application-{i:00}", $"10.77.1.{i}").Add(new Service("app") { ConnectsTo = [db.Port(3306)] });
        }

        db.Add(new Firewall());

        Assert.Contains(" accept comment \"application-01, application-02, application-03, application-04, application-05 and 55 more\"\n", Rules(Facts, "db1"));
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var host = _fleet.Host("web1", "10.77.0.21");
        var named = _fleet.Host("lb1");
        host.Add(new Service("nginx") { Listens = [host.Port(80)] });
        named.Add(new Service("haproxy") { ConnectsTo = [host.Port(80)] });
        host.Add(new Firewall());
        named.Add(new Firewall { SshFrom = ["10.77.0.5/24"], SshPort = 0, Allow = [new("anywhere", 80), new(Source.Anywhere, 70000)], Lines = ["accept\n}"], ConfirmWithin = System.TimeSpan.FromSeconds(1) });

        var messages = Assert.Throws<ScriptException>(() => FleetGraph.Build(_fleet)).Mistakes.Select(m => m.Message);

        Assert.Equal(
            [
                "firewall inet converge: \"10.77.0.5/24\" is an address inside a network: did you mean \"10.77.0.0/24\"?",
                "firewall inet converge: \"anywhere\" is no IP address or network in CIDR notation, such as 10.77.0.0/24",
                "firewall inet converge: ConfirmWithin 1 s is not between 5 seconds and 10 minutes",
                "firewall inet converge: SSH port 0 is not between 1 and 65535",
                "firewall inet converge: port 70000 is not between 1 and 65535",
                "firewall inet converge: the rule \"accept }\" has a line break: give each statement as a line of its own",
                "web1 must let in 80/tcp from lb1, but its address in this script is the name \"lb1\": a packet filter needs an IP address",
            ],
            messages.Order(System.StringComparer.Ordinal));
    }

    [Fact]
    public void Nft_itself_accepts_the_rules_also_when_they_are_loaded_twice()
    {
        RealTool.RequireIsolated("nft");
        _fleet.Host("db1", "10.77.0.41").Add(new Firewall
        {
            SshFrom = ["10.77.0.0/24", "fd00::/64"],
            Allow = [new("10.77.0.0/24", 53, Protocol.Udp), new("10.77.0.9", 53, Protocol.Udp), new("fd00::1", 53, Protocol.Udp), new(Source.Anywhere, 80), new("10.77.0.12", 0, Protocol.Vrrp)],
            Lines = ["ip saddr 10.77.0.0/24 udp dport 4789 accept"],
        });
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(folder["rules.nft"], Rules(Facts));

        var checkedAndLoaded = Shell.Run("unshare", ["-n", "sh", "-c", "nft -c -f \"$1\" && nft -f \"$1\" && nft -f \"$1\"", "sh", folder["rules.nft"]]);

        Assert.Equal((0, "", ""), (checkedAndLoaded.ExitCode, checkedAndLoaded.Text, checkedAndLoaded.Error));
    }

    private string Rules(HostFacts? facts, string? host = null)
    {
        var all = facts is null ? null : _fleet.Hosts.ToDictionary(h => h.Name, _ => facts);
        var files = RenderedFleet.FromFleet(_fleet, all).Where(f => f.Path == Firewall.RulesPath && (host ?? f.Host) == f.Host).ToList();
        return string.Concat(files.Select(f => files.Count == 1 ? f.Text : $"===== {f.Host} =====\n{f.Text}"));
    }
}
