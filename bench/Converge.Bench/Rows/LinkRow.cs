using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Hosts;
using Converge.Bench.Measuring;
using Converge.Bench.Report;
using Converge.Lab;

namespace Converge.Bench.Rows;

/// <summary>A host far away: 60 resources behind a link with a round trip of 100 ms.</summary>
internal sealed class LinkRow : IRow
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(100);

    private static readonly LabFile Lab = new()
    {
        Name = "bench-l",
        Controller = "10.78.13.1/24",
        Hosts = [new LabHost { Name = "far1", Address = "10.78.13.11" }],
    };

    public string Name => "link";

    public string Description => "60 resources over a link with 100 ms round trip, nothing to do: round trips";

    public async Task<RowResult> RunAsync(BenchContext bench, CancellationToken ct)
    {
        var folder = bench.Folder("link");
        var script = Path.Combine(folder, "link.csx");
        await File.WriteAllTextAsync(script, Script(), ct).ConfigureAwait(false);
        await using var lab = await BenchLab.UpAsync(Lab, bench.Say, ct).ConfigureAwait(false);
        await using var link = new DelayProxy(new IPEndPoint(IPAddress.Parse("10.78.13.11"), 22), RoundTrip);
        var far = await ConfigAsync(lab, link, folder, ct).ConfigureAwait(false);
        await CommandTimer.RunAsync(bench.Converge.FirstApply(script, lab.SshConfig), ct).ConfigureAwait(false);

        var hosts = await lab.HostListAsync(folder, ct).ConfigureAwait(false);
        var series = await Comparison.RunAsync(
            [
                Contender.Of("converge apply over the link", bench.Converge.Apply(script, far)),
                Contender.Of("converge apply, no link", bench.Converge.Apply(script, lab.SshConfig)),
                Contender.Of("ssh true over the link", ParallelSsh.True(far, hosts, 1, ParallelSsh.SameExchange)),
                Contender.Of("ssh true, no link", ParallelSsh.True(lab.SshConfig, hosts, 1, ParallelSsh.SameExchange)),
            ],
            bench.Rounds,
            bench.Say,
            ct).ConfigureAwait(false);
        var handshake = await HandshakeAsync(bench, bench.Converge.Apply(script, far), ct).ConfigureAwait(false)
            - await HandshakeAsync(bench, bench.Converge.Apply(script, lab.SshConfig), ct).ConfigureAwait(false);
        return new RowResult(Name, TimeProvider.System.GetUtcNow())
        {
            Findings = [.. Lines(series, handshake)],
            Series = series,
            Notes = ["Round trips are the time that the link adds to a run, divided by 100 ms. The handshake's are counted alike, from what Converge says of its connection (--json); it ends when the remote shell is ready. The link is bench/Converge.Bench/Hosts/DelayProxy.cs."],
        };
    }

    private static IEnumerable<Finding> Lines(IReadOnlyList<Series> series, double handshake)
    {
        var ours = Trips(series[0].Median - series[1].Median);
        var theirs = Trips(series[2].Median - series[3].Median);
        var bound = (Trips(handshake) + 1) * 1.1;
        const string what = "60 resources over 100 ms, nothing to do";
        yield return new Finding(
            $"{what}: round trips", Findings.Number(ours), $"handshake alone: {Findings.Number(Trips(handshake))}", "", $"≤ handshake + 1, + 10 %: {Findings.Number(bound)}", ours <= bound);
        yield return new Finding($"{what}: round trips", Findings.Number(ours), $"ssh HOST true: {Findings.Number(theirs)}", $"{Findings.Number(ours / theirs)} ×", "", null);
        yield return Findings.Beside($"{what}: time", series[0], series[2]);
    }

    private static double Trips(double seconds) => seconds / RoundTrip.TotalSeconds;

    private static async Task<double> HandshakeAsync(BenchContext bench, ShellCommand apply, CancellationToken ct)
    {
        var seconds = new List<double>();
        for (var round = 0; round < Math.Min(bench.Rounds, 5); round++)
        {
            var events = await ConvergeCommand.EventsAsync(apply, ct).ConfigureAwait(false);
            seconds.Add(events.Single(e => e.GetProperty("type").GetString() == "host-connected").GetProperty("seconds").GetDouble());
        }

        return Statistics.Of(seconds).Median;
    }

    // The host as before, by way of the link.
    private static async Task<string> ConfigAsync(BenchLab lab, DelayProxy link, string folder, CancellationToken ct)
    {
        var key = (await File.ReadAllLinesAsync(lab.KnownHosts, ct).ConfigureAwait(false)).Single(l => l.Length > 0).Split(' ', 2)[1];
        var known = Path.Combine(folder, "known_hosts");
        await File.WriteAllTextAsync(known, $"[127.0.0.1]:{link.Port} {key}\n", ct).ConfigureAwait(false);
        var config = Path.Combine(folder, "ssh_config");
        await File.WriteAllTextAsync(config, $"""
            Host far1
                HostName 127.0.0.1
                Port {link.Port}
                User {lab.File.User}
                IdentityFile {lab.IdentityFile}
                IdentitiesOnly yes
                UserKnownHostsFile {known}
                StrictHostKeyChecking yes

            """, ct).ConfigureAwait(false);
        return config;
    }

    // 60 of the kinds that a host has; the packages and services are those that the lab's image comes with.
    private static string Script() => """
        var far = Host("far1", "10.78.13.11");
        foreach (var name in new[] { "openssh-server", "sudo", "systemd", "iproute2", "dbus", "coreutils", "dpkg", "bash" })
        {
            far.Add(new Package(name));
        }

        for (var i = 0; i < 8; i++)
        {
            far.Add(new Directory($"/srv/bench-{i}") { Owner = "root", Group = "root", Mode = Mode.Octal("0755") });
        }

        for (var i = 0; i < 32; i++)
        {
            far.Add(new File($"/srv/bench-{i % 8}/{i}.conf") { Content = $"setting = {i}\n", Owner = "root", Group = "root", Mode = Mode.Octal("0644") });
        }

        foreach (var name in new[] { "ssh", "dbus" })
        {
            far.Add(new Service(name) { Running = true });
        }

        for (var i = 0; i < 4; i++)
        {
            far.Add(new User($"bench{i}") { System = true });
        }

        far.Add(new Sysctl("net.ipv4.ip_nonlocal_bind") { Value = "1" });
        far.Add(new Sysctl("net.ipv4.ip_forward") { Value = "0" });
        far.Add(new Sysctl("net.ipv4.tcp_syncookies") { Value = "1" });
        far.Add(new Sysctl("net.ipv4.conf.all.accept_redirects") { Value = "0" });
        far.Add(new Symlink("/srv/bench") { Target = "/srv/bench-0" });
        far.Add(new Symlink("/srv/bench-last") { Target = "/srv/bench-7" });

        """;
}
