using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Converge.Testing;

namespace Foobar.Tests;

/// <summary>What the example would write on its hosts, without any host: a change of the script shows here as a change of files.</summary>
public sealed class FoobarTests
{
    private const string Script = "../../examples/foobar/foobar.csx";

    private static readonly string[] Hosts = ["dns1", "lb1", "lb2", "web1", "app1", "db1"];

    [Theory]
    [InlineData("lb1")]
    [InlineData("lb2")]
    public async Task Load_balancers_share_the_address_and_pass_on_to_the_web_server(string host)
    {
        var files = await RenderedFleet.FromScriptAsync(Script);

        await Verifier.Verify(Pick(files, (host, "/etc/haproxy/haproxy.cfg"), (host, "/etc/keepalived/keepalived.conf"))).UseTextForParameters(host);
    }

    [Fact]
    public async Task Both_load_balancers_proxy_alike()
    {
        var files = await RenderedFleet.FromScriptAsync(Script);

        Assert.Equal(files["lb1", "/etc/haproxy/haproxy.cfg"], files["lb2", "/etc/haproxy/haproxy.cfg"]);
    }

    [Fact]
    public async Task The_web_server_serves_pages_and_passes_on_the_rest() =>
        await Verifier.Verify((await RenderedFleet.FromScriptAsync(Script))["web1", "/etc/nginx/conf.d/foobar.conf"]);

    [Fact]
    public async Task The_application_runs_in_a_hardened_unit() =>
        await Verifier.Verify((await RenderedFleet.FromScriptAsync(Script))["app1", "/etc/systemd/system/guestbook.service"]);

    [Fact]
    public async Task The_name_leads_to_the_shared_address() =>
        await Verifier.Verify((await RenderedFleet.FromScriptAsync(Script))["dns1", "/etc/bind/zones/foobar.com.zone"]);

    [Fact]
    public async Task Every_host_lets_in_its_neighbours_alone()
    {
        var files = await RenderedFleet.FromScriptAsync(Script);

        await Verifier.Verify(Pick(files, Array.ConvertAll(Hosts, h => (h, "/etc/converge/firewall.nft"))));
    }

    [Theory]
    [InlineData("mysql", "/etc/mysql/mysql.conf.d/zz-converge.cnf")]
    [InlineData("mariadb", "/etc/mysql/mariadb.conf.d/zz-converge.cnf")]
    public async Task The_application_knows_its_database_and_nobody_sees_the_password(string db, string serverFile)
    {
        var files = await RenderedFleet.FromScriptAsync(Script, new Dictionary<string, string> { ["db"] = db });

        await Verifier.Verify(Pick(files, ("db1", serverFile), ("app1", "/etc/guestbook/database.json"))).UseTextForParameters(db);
    }

    private static Dictionary<string, string> Pick(RenderedFleet files, params (string Host, string Path)[] wanted)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (host, path) in wanted)
        {
            texts.Add($"{host} {path}", files[host, path]);
        }

        return texts;
    }
}
