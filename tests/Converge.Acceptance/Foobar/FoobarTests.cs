using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.Running;
using Converge.Lab;

namespace Converge.Acceptance.Foobar;

/// <summary>www.foobar.com on six real hosts, through the command as a user runs it. Takes down a lab that has these addresses.</summary>
public sealed class FoobarTests : IAsyncLifetime
{
    private const string Password = "pl4nted-Secret-pw";
    private const string Site = "http://10.77.0.100";

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly List<string> said = [];
    private RehearsalLab lab = null!;
    private string config = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(LabTools.WhyNot() is null, LabTools.WhyNot() ?? "");
        http.DefaultRequestHeaders.Host = "www.foobar.com";
        foreach (var name in Labs.Names().Where(n => n.StartsWith("foobar", StringComparison.Ordinal)).ToList())
            await Labs.DownAsync(name, null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (lab is not null)
            await lab.DownAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Six_fresh_hosts_become_the_site_and_survive_drift_and_the_death_of_a_load_balancer()
    {
        await UpAsync("lab.json");

        var first = await ApplyAsync();
        var second = await ApplyAsync();
        Assert.Equal((0, 0), (first.Number("failed"), first.Number("unchanged")));
        Assert.Equal((0, 0, 6), (second.Number("changed"), second.Number("failed"), second.Number("exchanges")));
        await ServesAsync("first words");
        Assert.Contains("first words", await OnAsync("db1", "mysql", "-Ne", "SELECT message FROM foobar.entries"), StringComparison.Ordinal);
        Assert.Equal("10.77.0.100\n", (await ProgramRun.OfAsync("dig", ["+short", "www.foobar.com", "@10.77.0.53"], Ct)).Output);
        await OnlyNeighboursReachAsync();

        await OnAsync("lb2", "sed", "-i", "s/server web1/server webX/", "/etc/haproxy/haproxy.cfg");
        await OnAsync("app1", "systemctl", "stop", "guestbook");
        await OnAsync("db1", "mysql", "-e", "REVOKE INSERT ON foobar.* FROM 'app'@'10.77.0.31'");
        var drift = await RunAsync(2, "plan", "--detailed-exitcode", "--json");
        Assert.Equal(drift.Number("changed"), (await ApplyAsync()).Number("changed"));
        await ServesAsync("words after the repair");
        Assert.Equal(0, (await ApplyAsync()).Number("changed"));

        Assert.Equal(2, (await ApplyAsync("--hosts", "role:lb")).Number("hosts"));

        await lab.KillAsync("lb1", Ct);
        await ComesBackAsync();
        var withoutLb1 = await RunAsync(1, "apply", "--yes", "--json");
        Assert.Equal((0, 1), (withoutLb1.Number("changed"), withoutLb1.Number("failed")));
        await lab.StartAsync("lb1", null, Ct);
        Assert.Equal(0, (await ApplyAsync()).Number("changed"));
        Assert.All(said, text => Assert.DoesNotContain(Password, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_script_takes_mariadb()
    {
        await UpAsync("lab-mariadb.json");

        var first = await ApplyAsync("--var", "db=mariadb");
        var second = await ApplyAsync("--var", "db=mariadb");

        Assert.Equal((0, 0), (first.Number("failed"), first.Number("unchanged")));
        Assert.Equal((0, 0, 6), (second.Number("changed"), second.Number("failed"), second.Number("exchanges")));
        await ServesAsync("words for mariadb");
    }

    private async Task UpAsync(string file)
    {
        lab = new RehearsalLab(LabFile.Load(Path.Combine(Repository.Root, "examples/foobar", file)));
        config = (await lab.UpAsync(null, Ct)).SshConfig!;
    }

    // Every apply, whatever the hosts were before it, does what it had planned.
    private async Task<ProgramRun> ApplyAsync(params string[] options)
    {
        var run = await RunAsync(0, "apply", ["--yes", "--json", .. options]);
        PlanAccuracy.Of(run).Require(most: 0.05);
        return run;
    }

    private async Task<ProgramRun> RunAsync(int exitCode, string verb, params IReadOnlyList<string> options)
    {
        var script = Path.Combine(Repository.Root, "examples/foobar/foobar.csx");
        var run = await ProgramRun.ConvergeAsync(
            [verb, script, "--ssh-config", config, .. options], Ct, environment: new Dictionary<string, string> { ["FOOBAR_DB_PASSWORD"] = Password });
        said.Add(run.Text);
        return run.EndedWith(exitCode);
    }

    private async Task<string> OnAsync(string host, params string[] command) => (await lab.CaptureAsync(host, command, Ct)).Output;

    private async Task ServesAsync(string message)
    {
        using var form = new FormUrlEncodedContent([new("message", message)]);
        using var answer = await http.PostAsync(new Uri($"{Site}/guestbook"), form, Ct);
        Assert.Contains(message, await http.GetStringAsync(new Uri($"{Site}/guestbook"), Ct), StringComparison.Ordinal);
    }

    private async Task ComesBackAsync()
    {
        for (var deadline = Stopwatch.StartNew(); ; await Task.Delay(50, Ct))
        {
            try
            {
                await http.GetStringAsync(new Uri(Site), Ct);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && deadline.Elapsed < TimeSpan.FromSeconds(20))
            {
                // The address is on its way to lb2.
            }
        }
    }

    private static async Task OnlyNeighboursReachAsync()
    {
        foreach (var (address, port) in new[] { ("10.77.0.21", 80), ("10.77.0.31", 8000), ("10.77.0.41", 3306) })
        {
            Assert.True(await ConnectsAsync(address, 22), $"{address}:22");
            Assert.False(await ConnectsAsync(address, port), $"{address}:{port}");
        }
    }

    private static async Task<bool> ConnectsAsync(string address, int port)
    {
        using var client = new TcpClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await client.ConnectAsync(address, port, patience.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
