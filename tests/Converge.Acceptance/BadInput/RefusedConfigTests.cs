using System;
using System.Linq;
using System.Threading.Tasks;

namespace Converge.Acceptance.BadInput;

/// <summary>Configuration that the daemon's own checker refuses, by way of the modules' raw lines.</summary>
[Collection(nameof(BadInputLab))]
public sealed class RefusedConfigTests(BadInputLab lab)
{
    private const string Script = """
        var bad = Var("bad", "nothing");
        string Line(string daemon, string good, string oops = "oops") => bad == daemon ? oops : good;

        var one = Host("one", "10.78.9.11");
        var two = Host("two", "10.78.9.12");
        one.Add(new Haproxy { Frontends = { new("www") { Bind = { 8080 }, Lines = { Line("haproxy", "maxconn 100") } } } });
        AllHosts.Add(new VrrpCluster("www", vip: "10.78.9.100/24") { Lines = { Line("keepalived", "garp_master_delay 2") } });
        one.Add(new NginxSite("www") { Lines = { Line("nginx", "autoindex on;", "oops on;") } });
        one.Add(new DnsZone("bad.test") { Records = [new DnsRecord("www", "A", Line("named", "10.78.9.11"))] });
        one.Add(new Firewall { Lines = { Line("nft", "tcp dport 8081 accept", "oops accept") } });
        """;

    // Of keepalived's hosts the one that does not hold the address comes first.
    [Theory]
    [InlineData("haproxy", "/etc/haproxy/haproxy.cfg", "unknown keyword 'oops' in 'frontend' section", "bad.csx:6:1")]
    [InlineData("keepalived", "/etc/keepalived/keepalived.conf", "Unknown keyword 'oops'", "bad.csx:7:1", "two")]
    [InlineData("nginx", "/etc/nginx/conf.d/www.conf", "unknown directive \"oops\" in /etc/nginx/conf.d/www.conf", "bad.csx:8:1")]
    [InlineData("named", "/etc/bind/zones/bad.test.zone", "near 'oops': bad dotted quad", "bad.csx:9:1")]
    [InlineData("nft", "/etc/converge/firewall.nft", "syntax error, unexpected accept", "bad.csx:10:1")]
    public async Task The_tools_message_is_shown_the_old_file_stays_and_the_service_keeps_running(string daemon, string path, string words, string place, string host = "one")
    {
        using var script = new BadScript(Script);
        await lab.ApplyAsync(script, 0);
        var before = await StateAsync(daemon, path, host);

        var run = await lab.ApplyAsync(script, 1, "--var", $"bad={daemon}");

        Assert.All([$"{path} on {host}: failed", words, $"declared at: {place}"], w => Assert.Contains(w, run.Text, StringComparison.Ordinal));
        Assert.Equal(before, await StateAsync(daemon, path, host));
        await lab.NothingIsLeftAsync(host);
        Assert.Equal(0, (await lab.ApplyAsync(script, 0, "--json")).Number("changed"));
    }

    // Hash, owner, mode and number of the file, all that is beside it, and the process: a restart or even a reload would show.
    private async Task<string> StateAsync(string daemon, string path, string host)
    {
        var state = await lab.OnAsync(host, $"""
            sha256sum {path}
            stat -c '%U %G %a %i %Z' {path}
            ls -A {path[..path.LastIndexOf('/')]}
            if [ {daemon} = nft ]; then nft list table inet converge; else systemctl show -p ActiveState -p MainPID -p NRestarts -p ExecMainStartTimestamp {daemon}; fi
            """);
        Assert.Contains(daemon == "nft" ? "tcp dport 8081 accept" : "ActiveState=active", state.Split('\n').Select(l => l.Trim()));
        return state;
    }
}
