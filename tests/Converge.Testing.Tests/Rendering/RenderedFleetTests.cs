using System.Collections.Generic;
using System.Threading.Tasks;
using Converge.Modules;

namespace Converge.Testing.Tests;

public sealed class RenderedFleetTests
{
    private static Fleet TwoHosts()
    {
        var fleet = new Fleet();
        var db = fleet.Host("db1", "10.77.0.41");
        var app = fleet.Host("app1", "10.77.0.31");
        var password = Secret.FromValue("APP_PASSWORD", "hunter2hunter2");
        app.Add(new File("/etc/app.conf") { Content = Content.Text($"database = {db.Address}\npassword = {password}\n") });
        app.Add(new File("/etc/gone") { Absent = true });
        db.Add(new File("/etc/motd") { Content = "no newline at the end" });
        db.Add(new File("/etc/interface") { Content = Content.Text($"listen on {Fact.InterfaceOf(db.Address)}\n") });
        return fleet;
    }

    [Fact]
    public async Task Every_file_is_rendered_by_host_and_path_with_secrets_masked_and_facts_as_named_holes() =>
        await Verifier.Verify(RenderedFleet.FromFleet(TwoHosts()).Texts());

    [Fact]
    public async Task A_script_is_rendered_without_its_secrets()
    {
        var files = await RenderedFleet.FromScriptAsync("site.csx", new Dictionary<string, string> { ["greeting"] = "Good morning" });

        Assert.Equal("Good morning, web1\npassword = ***\n", files["web1", "/etc/motd"]);
    }

    [Fact]
    public void Recorded_facts_fill_their_holes()
    {
        var facts = new HostFacts { Interfaces = [new NetworkInterface("eth0", ["10.77.0.41/24"])] };

        var files = RenderedFleet.FromFleet(TwoHosts(), new Dictionary<string, HostFacts> { ["db1"] = facts });

        Assert.Equal("listen on eth0\n", files["db1", "/etc/interface"]);
    }

    [Fact]
    public void A_file_that_nobody_writes_is_answered_with_those_that_are_written()
    {
        var failure = Assert.Throws<ConvergeException>(() => RenderedFleet.FromFleet(TwoHosts())["db1", "/etc/mtod"]);

        Assert.Equal("no resource writes /etc/mtod on db1", failure.Message);
        Assert.Equal("Written are:\n    db1 /etc/interface\n    db1 /etc/motd\n    app1 /etc/app.conf", failure.Remedy);
    }
}
