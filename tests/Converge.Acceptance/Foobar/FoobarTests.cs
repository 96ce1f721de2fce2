using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Converge.Lab;

namespace Converge.Acceptance.Foobar;

/// <summary>www.foobar.com on six real hosts, through the command as a user runs it. Takes down a lab that has these addresses.</summary>
public sealed class FoobarTests : IAsyncLifetime
{
    private const string Password = "pl4nted-Secret-pw";
    private const string Site = "http://10.77.0.100";

    private static readonly string Root = RootFolder();

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
        Assert.Equal((0, 0), (Number(first, "failed"), Number(first, "unchanged")));
        Assert.Equal((0, 0, 6), (Number(second, "changed"), Number(second, "failed"), Number(second, "exchanges")));
        await ServesAsync("first words");
        Assert.Contains("first words", await OnAsync("db1", "mysql", "-Ne", "SELECT message FROM foobar.entries"), StringComparison.Ordinal);
        Assert.Equal("10.77.0.100\n", await AskAsync("dig", "+short", "www.foobar.com", "@10.77.0.53"));
        await OnlyNeighboursReachAsync();

        await OnAsync("lb2", "sed", "-i", "s/server web1/server webX/", "/etc/haproxy/haproxy.cfg");
        await OnAsync("app1", "systemctl", "stop", "guestbook");
        await OnAsync("db1", "mysql", "-e", "REVOKE INSERT ON foobar.* FROM 'app'@'10.77.0.31'");
        var drift = await RunAsync(2, "plan", "--detailed-exitcode", "--json");
        Assert.Equal(Number(drift, "changed"), Number(await ApplyAsync(), "changed"));
        await ServesAsync("words after the repair");
        Assert.Equal(0, Number(await ApplyAsync(), "changed"));

        Assert.Equal(2, Number(await ApplyAsync("--hosts", "role:lb"), "hosts"));

        await lab.KillAsync("lb1", Ct);
        await ComesBackAsync();
        var withoutLb1 = await RunAsync(1, "apply", "--yes", "--json");
        Assert.Equal((0, 1), (Number(withoutLb1, "changed"), Number(withoutLb1, "failed")));
        await lab.StartAsync("lb1", null, Ct);
        Assert.Equal(0, Number(await ApplyAsync(), "changed"));
        Assert.All(said, text => Assert.DoesNotContain(Password, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_script_takes_mariadb()
    {
        await UpAsync("lab-mariadb.json");

        var first = await ApplyAsync("--var", "db=mariadb");
        var second = await ApplyAsync("--var", "db=mariadb");

        Assert.Equal((0, 0), (Number(first, "failed"), Number(first, "unchanged")));
        Assert.Equal((0, 0, 6), (Number(second, "changed"), Number(second, "failed"), Number(second, "exchanges")));
        await ServesAsync("words for mariadb");
    }

    private async Task UpAsync(string file)
    {
        lab = new RehearsalLab(LabFile.Load(Path.Combine(Root, "examples/foobar", file)));
        config = (await lab.UpAsync(null, Ct)).SshConfig!;
    }

    private Task<string> ApplyAsync(params string[] options) => RunAsync(0, "apply", ["--yes", "--json", .. options]);

    private async Task<string> RunAsync(int exitCode, string verb, params IReadOnlyList<string> options)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, "converge"), [verb, Path.Combine(Root, "examples/foobar/foobar.csx"), "--ssh-config", config, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["FOOBAR_DB_PASSWORD"] = Password },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Ct);
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        said.Add(output + await error);
        Assert.True(process.ExitCode == exitCode, $"converge {verb} ended with {process.ExitCode}:\n{said[^1]}");
        return output;
    }

    private async Task<string> OnAsync(string host, params string[] command) => (await lab.CaptureAsync(host, command, Ct)).Output;

    private static async Task<string> AskAsync(string program, params IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return output;
    }

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

    private static int Number(string jsonLines, string property)
    {
        using var summary = JsonDocument.Parse(jsonLines.TrimEnd().Split('\n')[^1]);
        return summary.RootElement.GetProperty(property).GetInt32();
    }

    private static string RootFolder([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Converge.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No Converge.sln above {here}.");
    }
}
