using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Hosts;
using Converge.Bench.Measuring;
using Converge.Bench.Report;

namespace Converge.Bench.Rows;

/// <summary>The reference infrastructure when there is nothing to do, and when one file has drifted.</summary>
internal sealed class FoobarRow : IRow
{
    private const string Drift = "sed -i 's/check$/check weight 7/' /etc/haproxy/haproxy.cfg && grep -q 'weight 7' /etc/haproxy/haproxy.cfg";
    private const string PageDrift = "echo '<!-- drifted -->' >>/srv/foobar/index.html";

    public string Name => "foobar";

    public string Description => "nothing to do, and one changed file, on six hosts: against parallel ssh, Ansible, Mitogen";

    public async Task<RowResult> RunAsync(BenchContext bench, CancellationToken ct)
    {
        var site = new FoobarSite(bench);
        site.Prepare();
        await using var ours = await BenchLab.UpAsync(site.OurLab, bench.Say, ct).ConfigureAwait(false);
        await using var theirs = await BenchLab.UpAsync(site.AnsibleLab, bench.Say, ct).ConfigureAwait(false);
        await using var connections = new KeptConnections();
        await ConvergeBothAsync(bench, site, ours, theirs, connections, ct).ConfigureAwait(false);

        var sixSsh = await SixSshAsync(bench, ours, ct).ConfigureAwait(false);
        var idle = await Comparison.RunAsync(
            [
                Contender.Of("converge apply", site.Apply(ours)),
                Contender.Of("six ssh, curve25519", sixSsh(ParallelSsh.SameExchange)),
                Contender.Of("six ssh, OpenSSH's default", sixSsh(null)),
                Contender.Of("Mitogen", site.Ansible(theirs, connections, mitogen: true)) with { MostRounds = 5 },
                Contender.Of("Ansible", site.Ansible(theirs, connections, mitogen: false)) with { MostRounds = 3, WarmUp = false },
            ],
            bench.Rounds,
            bench.Say,
            ct).ConfigureAwait(false);
        var drifted = await Comparison.RunAsync(
            [
                Contender.Of("converge apply, haproxy.cfg of lb2 drifted", site.Apply(ours, changes: 1)) with { Before = c => ours.OnAsync(["lb2"], Drift, c) },
                Contender.Of("converge apply, index.html of web1 drifted", site.Apply(ours, changes: 1)) with { Before = c => ours.OnAsync(["web1"], PageDrift, c) },
                Contender.Of("six ssh, curve25519", sixSsh(ParallelSsh.SameExchange)),
            ],
            bench.Rounds,
            bench.Say,
            ct).ConfigureAwait(false);
        var events = await ConvergeCommand.EventsAsync(site.Apply(ours), ct).ConfigureAwait(false);
        return new RowResult(Name, TimeProvider.System.GetUtcNow())
        {
            Findings = [.. Idle(idle), .. Drifted(drifted), Exchanges(events[^1])],
            Series = [.. idle, .. drifted],
            Points = [.. idle.Select(s => new PlotPoint(PlotName(s.Name), 6, s.Median))],
            Notes = Notes(idle),
        };
    }

    private static async Task ConvergeBothAsync(BenchContext bench, FoobarSite site, BenchLab ours, BenchLab theirs, KeptConnections connections, CancellationToken ct)
    {
        bench.Say("first applies, not timed here");
        await CommandTimer.RunAsync(site.FirstApply(ours), ct).ConfigureAwait(false);
        await FoobarSite.RequireServedAsync(ours, ct).ConfigureAwait(false);
        await FoobarSite.InstallPythonAsync(theirs, ct).ConfigureAwait(false);
        await CommandTimer.RunAsync(site.Ansible(theirs, connections, mitogen: false, first: true), ct).ConfigureAwait(false);
        await FoobarSite.RequireServedAsync(theirs, ct).ConfigureAwait(false);
    }

    private static async Task<Func<string?, ShellCommand>> SixSshAsync(BenchContext bench, BenchLab lab, CancellationToken ct)
    {
        var hosts = await lab.HostListAsync(bench.Work, ct).ConfigureAwait(false);
        return exchange => ParallelSsh.True(lab.SshConfig, hosts, lab.Hosts.Count, exchange);
    }

    private static IEnumerable<Finding> Idle(IReadOnlyList<Series> series)
    {
        const string what = "foobar on six hosts, nothing to do";
        yield return Findings.AtMost(1.0, what, series[0], series[1]);
        yield return Findings.Beside(what, series[0], series[2]);
        yield return Findings.FasterBy(4, what, series[0], series[3]);
        yield return Findings.FasterBy(38, what, series[0], series[4]);
    }

    private static IEnumerable<Finding> Drifted(IReadOnlyList<Series> series)
    {
        yield return Findings.AtMost(1.5, "one changed config file on one host: haproxy.cfg, checked, replaced, reloaded", series[0], series[2]);
        yield return Findings.AtMost(1.5, "one changed file on one host: a page, replaced", series[1], series[2]);
    }

    private static Finding Exchanges(JsonElement summary)
    {
        var (exchanges, hosts) = (summary.GetProperty("exchanges").GetInt32(), summary.GetProperty("hosts").GetInt32());
        return new Finding("exchanges per host, nothing to do", $"{exchanges} on {hosts} hosts", "", Findings.Number((double)exchanges / hosts), "exactly 1", exchanges == hosts);
    }

    private static string PlotName(string contender) => contender switch
    {
        "converge apply" => "Converge",
        "six ssh, curve25519" => "ssh HOST true, in parallel",
        "six ssh, OpenSSH's default" => "the same, default key exchange",
        _ => contender,
    };

    private static string[] Notes(IReadOnlyList<Series> idle) =>
    [
        "The playbook has MariaDB, where the others have MySQL of sid: Ansible 2.14 does not know the Python of sid. Its hosts are others, alike, so that neither finds what the other left.",
        $"Processor time of this machine for one run with nothing to do, the hosts' own not counted: {string.Join(", ", idle.Select(s => $"{s.Name} {Findings.Number(s.Cpu)} s"))}.",
    ];
}
