using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.BadInput;
using Converge.Acceptance.Running;

namespace Converge.Acceptance.Safety;

/// <summary>Rules that lock the operator out.</summary>
[Collection(nameof(SafetyLab))]
public sealed class CutOffTests(SafetyLab lab)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_firewall_that_blocks_SSH_is_put_back_by_the_host_and_the_run_says_so()
    {
        using var good = Script("");
        using var bad = Script("ConfirmWithin = TimeSpan.FromSeconds(10), Lines = { \"}\", \"chain cut { type filter hook input priority -5; tcp dport 22 ct state new drop\" }");

        var first = await lab.ApplyAsync(good, 0, "--json");
        var before = await RulesAsync();
        var cut = await lab.ApplyAsync(bad, 1, "--keep", "0");
        var after = await RulesAsync();
        var again = await lab.ApplyAsync(good, 0, "--json", "--keep", "0");

        Assert.Equal(0, first.Number("failed"));
        Assert.Contains("nft-table inet converge on one: put back\n  no new connection got in within 10 s, so the host has put back what was before (nft table inet converge): ", cut.Text, StringComparison.Ordinal);
        Assert.Equal(before, after);
        Assert.Equal(0, again.Number("failed"));
        await NothingIsArmedAsync();
    }

    [Fact]
    public async Task A_command_that_ends_even_the_connection_it_came_over_is_put_back_and_the_host_is_waited_for()
    {
        using var script = new BadScript($$"""
            var one = Host("one", "{{SafetyLab.One}}");
            var nft = one.Add(new Package("nftables"));
            one.Add(new Command("wall")
            {
                After = [nft],
                Program = "nft",
                Arguments = ["add table inet wall; add chain inet wall in { type filter hook input priority -9; }; add rule inet wall in tcp dport 22 drop"],
                Unless = ["nft", "list", "table", "inet", "wall"],
                WayBack = new WayBack("wall", "true", "nft delete table inet wall") { Patience = TimeSpan.FromSeconds(5) },
            });
            """);

        var cut = await lab.ApplyAsync(script, 1);

        Assert.True(cut.Text.Contains("command wall on one: put back\n", StringComparison.Ordinal), cut.Text);
        Assert.Equal("gone\n", await lab.OnAsync("one", "nft list table inet wall 2>/dev/null || echo gone"));
        await NothingIsArmedAsync();
    }

    [Fact]
    public async Task A_file_of_sshd_that_lets_nobody_in_is_put_back_once_sshd_has_taken_it_in()
    {
        using var good = Sshd("MaxAuthTries 5");
        using var bad = Sshd("AllowUsers nobody");
        await lab.ApplyAsync(good, 0);

        var cut = await lab.ApplyAsync(bad, 1, "--keep", "0");
        var login = await ProgramRun.OfAsync("ssh", ["-F", lab.Status.SshConfig!, "-o", "ControlPath=none", "one", "true"], Ct);

        Assert.Contains("service ssh.service on one: put back\n", cut.Text, StringComparison.Ordinal);
        Assert.Contains("(file /etc/ssh/sshd_config.d/10-test.conf)", cut.Text, StringComparison.Ordinal);
        Assert.Equal(0, login.ExitCode);
        Assert.Equal("MaxAuthTries 5\n", await lab.OnAsync("one", "cat /etc/ssh/sshd_config.d/10-test.conf"));
        await NothingIsArmedAsync();
    }

    [Fact]
    public async Task A_file_that_its_check_refuses_leaves_the_daemon_alone()
    {
        const string state = "stat -c '%i %Z' /etc/ssh/sshd_config.d/10-test.conf; systemctl show -p StateChangeTimestampMonotonic ssh; journalctl -u ssh -o cat | grep -c Reload";
        using var good = Sshd("MaxAuthTries 5");
        using var bad = Sshd("Nonsense yes");
        await lab.ApplyAsync(good, 0);
        var before = await lab.OnAsync("one", state);

        var run = await lab.ApplyAsync(bad, 1);

        Assert.Contains("file /etc/ssh/sshd_config.d/10-test.conf on one: failed\n", run.Text, StringComparison.Ordinal);
        Assert.Equal(before, await lab.OnAsync("one", state));
        await NothingIsArmedAsync();
    }

    // The controller's: once the host has it, none of its answers leaves it any more.
    [Fact]
    public async Task A_shared_address_that_is_our_own_is_given_up_again()
    {
        using var script = new BadScript($$"""
            Hosts(("one", "{{SafetyLab.One}}"), ("two", "{{SafetyLab.Two}}")).Add(new VrrpCluster("own", vip: "{{SafetyLab.Controller}}/24") { Interval = TimeSpan.FromSeconds(0.2) });
            """);

        // Of the two only the one that gets the address at once: the other would take it as soon as this one has given it up.
        var cut = await lab.ApplyAsync(script, 1, "--keep", "0", "--hosts", "one");

        // By itself, also where the run could not get in again to see it.
        var found = await FoundAsync();
        for (var start = Stopwatch.GetTimestamp(); found != "gone\n" && Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1); found = await FoundAsync())
        {
            await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        }

        // The session that was cut off, which sshd still waits for, would be in the way of the next test.
        await lab.OnAsync("one", "pkill -f '^sshd.*@notty' || true");
        Assert.True(found == "gone\n", found + cut.Text);
        await lab.NothingIsLeftAsync("one");

        Task<string> FoundAsync() => lab.OnAsync("one", $"ip -o addr show to {SafetyLab.Controller}; ls /etc/keepalived/keepalived.conf 2>/dev/null || echo gone");
    }

    [Fact]
    public async Task A_run_that_is_killed_before_it_confirms_is_undone_by_the_next()
    {
        using var good = Script("Allow = { new(Source.Anywhere, 8080) }");
        using var next = Script("Allow = { new(Source.Anywhere, 9090) }");
        await lab.ApplyAsync(good, 0);
        await lab.OnAsync("one", "mkdir -p /run/converge-way-back/1; cd /run/converge-way-back/1; : >armed.1; echo 'mv armed.1 firing; touch /run/was-put-back; rm firing' >fire; sed -i '1icd /run/converge-way-back/1' fire");

        var run = await lab.ApplyAsync(next, 0, "--json");
        var last = await lab.ApplyAsync(next, 0, "--json");

        Assert.Equal((0, 0), (run.Number("failed"), last.Number("changed")));
        await lab.OnAsync("one", "ls /run/was-put-back");
        await NothingIsArmedAsync();
    }

    private async Task NothingIsArmedAsync()
    {
        Assert.Equal("", await lab.OnAsync("one", "ls /run/converge-way-back 2>/dev/null; systemctl list-units --all --plain --no-legend 'converge-way-back*'; pgrep -af '[/]run/converge-way-back/' || true"));
        await lab.NothingIsLeftAsync("one");
    }

    private static BadScript Sshd(string line) => new($$"""
        var one = Host("one", "{{SafetyLab.One}}");
        var config = one.Add(new File("/etc/ssh/sshd_config.d/10-test.conf")
        {
            Content = "{{line}}\n",
            Validation = new Validation("/usr/sbin/sshd", ["-t", "-f", Validation.NewFile]),
            MayCutOff = new RunProgram("systemctl", ["reload", "ssh"]),
        });
        one.Add(new Service("ssh") { Running = true, ReloadOn = [config] });
        """);

    private Task<string> RulesAsync() => lab.OnAsync("one", "nft -s list table inet converge; systemctl is-active converge-firewall");

    private static BadScript Script(string properties) => new($$"""
        Host("one", "{{SafetyLab.One}}").Add(new Firewall { {{properties}} });
        """);
}
