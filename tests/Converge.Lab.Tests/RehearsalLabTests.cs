using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab.Tests;

/// <summary>Real hosts. The labs have names and subnets of their own, so that they run beside any other.</summary>
public sealed class RehearsalLabTests : IAsyncLifetime
{
    private readonly RehearsalLab lab = Lab("test-a", 0);

    private IDisposable? turn;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(LabTools.WhyNot() is null, LabTools.WhyNot() ?? "");
        // Another run of these tests on this machine has labs of the same names.
        turn = await FileLock.AcquireAsync("/run/lock/converge-lab-tests.lock", Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (turn is null)
            return;
        await lab.DownAsync(CancellationToken.None);
        turn.Dispose();
    }

    [Fact]
    public async Task Hosts_come_up_run_commands_and_go_without_a_trace()
    {
        var status = await lab.UpAsync(null, Ct);

        Assert.All(status.Hosts, h => Assert.Equal(LabHostState.Running, h.State));
        Assert.Equal("running", (await lab.CaptureAsync("one", ["systemctl", "is-system-running"], Ct)).Output.Trim());
        Assert.Equal(7, (await lab.CaptureAsync("up", ["sh", "-c", "exit 7"], Ct)).ExitCode);
        Assert.Equal("one", await SshAsync(status, "one", "hostname"));
        Assert.Equal("root", await SshAsync(status, "up", "sudo -n whoami"));
        Assert.Equal("0", await SshAsync(status, "one", "sudo -n apt-get update -qq 2>&1; echo $?"));
        Assert.NotEmpty(LabTraces.Of("test-a"));

        await lab.DownAsync(Ct);

        Assert.Empty(LabTraces.Of("test-a"));
        Assert.False((await lab.StatusAsync(Ct)).Up);
    }

    [Fact]
    public async Task A_power_cut_takes_a_host_off_the_network_and_spares_its_disk()
    {
        var status = await lab.UpAsync(null, Ct);
        await lab.CaptureAsync("one", ["sh", "-c", "echo kept >/etc/kept; ip address add 10.78.0.100/24 dev eth0"], Ct);

        await lab.KillAsync("one", Ct);

        Assert.Equal(LabHostState.Off, (await lab.StatusAsync(Ct)).Hosts[0].State);
        Assert.Equal(1, (await lab.CaptureAsync("up", ["ping", "-c1", "-W1", "10.78.0.100"], Ct)).ExitCode);
        await Assert.ThrowsAsync<LabException>(() => lab.CaptureAsync("one", ["true"], Ct));

        await lab.StartAsync("one", null, Ct);

        // The same host key as before, or ssh would refuse.
        Assert.Equal("kept", await SshAsync(status, "one", "cat /etc/kept"));
    }

    [Fact]
    public async Task A_second_up_leaves_running_hosts_alone_and_starts_the_others()
    {
        await lab.UpAsync(null, Ct);
        var before = await BootAsync("up");
        await lab.KillAsync("one", Ct);

        var status = await lab.UpAsync(null, Ct);

        Assert.All(status.Hosts, h => Assert.Equal(LabHostState.Running, h.State));
        Assert.Equal(before, await BootAsync("up"));
    }

    [Fact]
    public async Task Two_labs_live_side_by_side()
    {
        var other = Lab("test-b", 1);
        try
        {
            await Task.WhenAll(lab.UpAsync(null, Ct), other.UpAsync(null, Ct));

            await lab.DownAsync(Ct);

            Assert.Equal(LabHostState.Running, (await other.StatusAsync(Ct)).Hosts[0].State);
        }
        finally
        {
            await other.DownAsync(CancellationToken.None);
        }

        Assert.Empty(LabTraces.Of("test-b"));
    }

    [Fact]
    public async Task Two_labs_cannot_share_a_subnet()
    {
        await lab.UpAsync(null, Ct);

        var error = await Assert.ThrowsAsync<LabException>(() => Lab("test-b", 0).UpAsync(null, Ct));

        Assert.Contains("converge lab down test-a", error.Message, StringComparison.Ordinal);
        Assert.Empty(LabTraces.Of("test-b"));
    }

    [Fact]
    public async Task Another_file_for_a_lab_that_is_up_is_refused()
    {
        await lab.UpAsync(null, Ct);

        var error = await Assert.ThrowsAsync<LabException>(() => Lab("test-a", 1).UpAsync(null, Ct));

        Assert.Contains("something else", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_up_that_was_interrupted_is_repaired_by_the_next()
    {
        foreach (var milliseconds in (int[])[20, 80, 200, 400])
        {
            using var soon = new CancellationTokenSource(milliseconds);
            // A machine so fast that it was up by then has nothing to repair.
            await Record.ExceptionAsync(() => lab.UpAsync(null, soon.Token));

            var status = await lab.UpAsync(null, Ct);

            Assert.All(status.Hosts, h => Assert.Equal(LabHostState.Running, h.State));
            Assert.Equal("one", await SshAsync(status, "one", "hostname"));
            await lab.DownAsync(Ct);
        }
    }

    [Theory]
    [InlineData("rm -rf /run/converge-lab/test-a")]
    [InlineData("rm -rf /run/converge-lab/test-a /var/lib/converge-lab/test-a; ip netns delete lab.test-a.one")]
    [InlineData("ip netns delete lab.test-a; ip link delete cl-test-a")]
    [InlineData("kill -9 $(pgrep -f '[-]-machine=test-a-one'); rm /run/converge-lab/test-a/lab.json")]
    public async Task Down_needs_no_records_and_up_mends_what_is_broken(string damage)
    {
        await lab.UpAsync(null, Ct);
        await Tool.RunAsync("sh", ["-c", damage], Ct);

        var status = await lab.UpAsync(null, Ct);
        Assert.All(status.Hosts, h => Assert.Equal(LabHostState.Running, h.State));
        Assert.Equal("up", await SshAsync(status, "up", "hostname"));

        await Tool.RunAsync("sh", ["-c", damage], Ct);
        await Labs.DownAsync("test-a", null, Ct);
        Assert.Empty(LabTraces.Of("test-a"));
    }

    [Fact]
    public async Task A_host_that_does_not_boot_is_reported_with_its_console()
    {
        await lab.UpAsync(null, Ct);
        await lab.KillAsync("one", Ct);
        Directory.Move("/var/lib/converge-lab/test-a/one/upper", "/var/lib/converge-lab/test-a/one/lost");

        var error = await Assert.ThrowsAsync<LabException>(() => lab.StartAsync("one", null, Ct));

        Assert.StartsWith("one died while it booted. The last lines of its console", error.Message, StringComparison.Ordinal);
        Assert.Contains("mount: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_in_the_lab_is_refused()
    {
        await lab.UpAsync(null, Ct);

        var error = await Assert.ThrowsAsync<LabException>(() => lab.KillAsync("three", Ct));

        Assert.Equal("Lab test-a has no host 'three'. It has one, up.", error.Message);
    }

    // "up" is also a word of ip(8), and must be taken for a name.
    private static RehearsalLab Lab(string name, int subnet) => new(LabFile.Parse(
        $$"""
        {
          "name": "{{name}}", "controller": "10.78.{{subnet}}.1/24",
          "hosts": [ { "name": "one", "address": "10.78.{{subnet}}.2" }, { "name": "up", "address": "10.78.{{subnet}}.3" } ]
        }
        """,
        "lab.json"));

    private async Task<string> BootAsync(string host) =>
        (await lab.CaptureAsync(host, ["systemctl", "show", "--property=UserspaceTimestampMonotonic"], Ct)).Output;

    private static async Task<string> SshAsync(LabStatus status, string host, string command) =>
        (await Tool.RunAsync("ssh", ["-F", status.SshConfig!, "-o", "BatchMode=yes", host, command], Ct)).Trim();
}
