using System;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.BadInput;

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
        using var bad = Script("Lines = { \"}\", \"chain cut { type filter hook input priority -5; tcp dport 22 ct state new drop\" }");

        var first = await lab.ApplyAsync(good, 0, "--json");
        var before = await RulesAsync();
        var cut = await lab.ApplyAsync(bad, 1, "--keep", "0");
        var after = await RulesAsync();
        var again = await lab.ApplyAsync(good, 0, "--json", "--keep", "0");

        Assert.Equal(0, first.Number("failed"));
        Assert.Contains("nft-table inet converge on one: put back\n  no new connection got in within 30 s, so the host has put back what was before (nft table inet converge): ", cut.Text, StringComparison.Ordinal);
        Assert.Equal(before, after);
        Assert.Equal(0, again.Number("failed"));
        await lab.NothingIsLeftAsync("one");
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
        Assert.Equal("", await lab.OnAsync("one", "ls /run/was-put-back >/dev/null; ls /run/converge-way-back"));
    }

    private Task<string> RulesAsync() => lab.OnAsync("one", "nft -s list table inet converge; systemctl is-active converge-firewall");

    private static BadScript Script(string properties) => new($$"""
        Host("one", "{{SafetyLab.One}}").Add(new Firewall { {{properties}} });
        """);
}
