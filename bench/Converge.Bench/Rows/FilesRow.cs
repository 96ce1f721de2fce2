using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Hosts;
using Converge.Bench.Measuring;
using Converge.Bench.Report;
using Converge.Lab;

namespace Converge.Bench.Rows;

/// <summary>Content on its way to six hosts: one large file, and many small ones.</summary>
internal sealed class FilesRow : IRow
{
    private const int LargeBytes = 64 * 1024 * 1024;
    private const int SmallFiles = 1000;

    private static readonly LabFile Lab = new()
    {
        Name = "bench-f",
        Controller = "10.78.14.1/24",
        Hosts = [.. Enumerable.Range(1, 6).Select(i => new LabHost { Name = $"file{i}", Address = $"10.78.14.{10 + i}" })],
    };

    public string Name => "files";

    public string Description => "64 MB to six hosts, then nothing to send; 1,000 files of 1 KiB: against scp, tar over ssh";

    public async Task<RowResult> RunAsync(BenchContext bench, CancellationToken ct)
    {
        var folder = bench.Folder("files");
        Generate(folder);
        await using var lab = await BenchLab.UpAsync(Lab, bench.Say, ct).ConfigureAwait(false);
        var large = await LargeAsync(bench, lab, folder, ct).ConfigureAwait(false);
        var small = await SmallAsync(bench, lab, folder, ct).ConfigureAwait(false);
        return new RowResult(Name, TimeProvider.System.GetUtcNow())
        {
            Findings = [.. Lines(large, small), await SentAgainAsync(bench, lab, folder, ct).ConfigureAwait(false), await ExchangesAsync(bench, lab, folder, ct).ConfigureAwait(false)],
            Series = [.. large, .. small],
            Notes = ["The file is random bytes, which compress to nothing. Converge also reads its hash on the host afterwards and flushes it to the disk; scp does neither."],
        };
    }

    private static async Task<IReadOnlyList<Series>> LargeAsync(BenchContext bench, BenchLab lab, string folder, CancellationToken ct)
    {
        var script = Path.Combine(folder, "large.csx");
        var scp = await EachAsync(lab, folder, ["scp", "-q", "-F", lab.SshConfig, .. ParallelSsh.KeyExchange(ParallelSsh.SameExchange), Path.Combine(folder, "large.bin"), "{}:/var/tmp/large.bin"], ct).ConfigureAwait(false);
        Func<CancellationToken, Task> clean = c => lab.OnAsync(lab.Hosts, "rm -f /srv/large.bin /var/tmp/large.bin", c);
        return await Comparison.RunAsync(
            [
                Contender.Of("converge apply, 64 MB to six hosts", bench.Converge.Apply(script, lab.SshConfig, changes: lab.Hosts.Count)) with { Before = clean },
                Contender.Of("converge apply, 64 MB already there", bench.Converge.Apply(script, lab.SshConfig)),
                Contender.Of("six scp", scp) with { Before = clean },
            ],
            Math.Min(bench.Rounds, 5),
            bench.Say,
            ct).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<Series>> SmallAsync(BenchContext bench, BenchLab lab, string folder, CancellationToken ct)
    {
        var script = Path.Combine(folder, "small.csx");
        var source = Path.Combine(folder, "small");
        var scp = await EachAsync(lab, folder, ["scp", "-q", "-r", "-F", lab.SshConfig, .. ParallelSsh.KeyExchange(ParallelSsh.SameExchange), source, "{}:/var/tmp/"], ct).ConfigureAwait(false);
        var tar = await EachAsync(
            lab, folder,
            ["sh", "-c", "tar -C \"$1\" -c small | ssh -F \"$2\" -o \"KexAlgorithms=$3\" \"$4\" tar -C /var/tmp -x", "sh", folder, lab.SshConfig, ParallelSsh.SameExchange, "{}"],
            ct).ConfigureAwait(false);
        Func<CancellationToken, Task> clean = c => lab.OnAsync(lab.Hosts, "rm -rf /srv/small /var/tmp/small", c);
        return await Comparison.RunAsync(
            [
                Contender.Of("converge apply, 1,000 files to six hosts", bench.Converge.Apply(script, lab.SshConfig, changes: lab.Hosts.Count * (SmallFiles + 1))) with { Before = clean, WarmUp = false, MostRounds = 2 },
                Contender.Of("converge apply, 1,000 files already there", bench.Converge.Apply(script, lab.SshConfig)) with { WarmUp = false, MostRounds = 2 },
                Contender.Of("six scp -r", scp) with { Before = clean },
                Contender.Of("six tar | ssh", tar) with { Before = clean },
            ],
            Math.Min(bench.Rounds, 3),
            bench.Say,
            ct).ConfigureAwait(false);
    }

    private static IEnumerable<Finding> Lines(IReadOnlyList<Series> large, IReadOnlyList<Series> small)
    {
        yield return Findings.AtMost(1.2, "a 64 MB file to six hosts", large[0], large[2]);
        yield return Findings.Beside("the same file when it is there", large[1], large[2]);
        yield return Findings.Beside("1,000 files of 1 KiB to six hosts", small[0], small[2]);
        yield return Findings.Beside("1,000 files of 1 KiB to six hosts", small[0], small[3]);
    }

    private static async Task<Finding> SentAgainAsync(BenchContext bench, BenchLab lab, string folder, CancellationToken ct)
    {
        var apply = bench.Converge.Apply(Path.Combine(folder, "large.csx"), lab.SshConfig);
        await CommandTimer.RunAsync(bench.Converge.FirstApply(Path.Combine(folder, "large.csx"), lab.SshConfig), ct).ConfigureAwait(false);
        var before = lab.SentBytes;
        await CommandTimer.RunAsync(apply, ct).ConfigureAwait(false);
        var sent = (lab.SentBytes - before) / 1e6;
        return new Finding("the same file when it is there: sent to six hosts", $"{Findings.Number(sent)} MB", "", "", "not again: ≤ 1 MB", sent <= 1);
    }

    // The folder is one wave, the files in it are another.
    private static async Task<Finding> ExchangesAsync(BenchContext bench, BenchLab lab, string folder, CancellationToken ct)
    {
        await lab.OnAsync(lab.Hosts, "rm -rf /srv/small", ct).ConfigureAwait(false);
        var events = await ConvergeCommand.EventsAsync(bench.Converge.FirstApply(Path.Combine(folder, "small.csx"), lab.SshConfig), ct).ConfigureAwait(false);
        var perHost = (double)events[^1].GetProperty("exchanges").GetInt32() / lab.Hosts.Count;
        return new Finding("1,000 new files in a new folder: exchanges per host", Findings.Number(perHost), "", "", "≤ 1 + 2 waves", perHost <= 3);
    }

    /// <summary>A command for each host at the same time; <c>{}</c> is its name.</summary>
    private static async Task<ShellCommand> EachAsync(BenchLab lab, string folder, IReadOnlyList<string> command, CancellationToken ct) =>
        new("xargs", ["-a", await lab.HostListAsync(folder, ct).ConfigureAwait(false), "-P", $"{lab.Hosts.Count}", "-I{}", .. command]);

    private static void Generate(string folder)
    {
        var hosts = string.Join(", ", Lab.Hosts.Select(h => $"(\"{h.Name}\", \"{h.Address}\")"));
        File.WriteAllBytes(Path.Combine(folder, "large.bin"), RandomNumberGenerator.GetBytes(LargeBytes));
        File.WriteAllText(Path.Combine(folder, "large.csx"), $$"""
            var all = Hosts({{hosts}});
            all.Add(new File("/srv/large.bin") { Content = Content.FromFile("large.bin") });

            """);
        File.WriteAllText(Path.Combine(folder, "small.csx"), $$"""
            var all = Hosts({{hosts}});
            all.Add(new Directory("/srv/small"));
            for (var i = 0; i < {{SmallFiles}}; i++)
            {
                all.Add(new File($"/srv/small/{i}.bin") { Content = Content.FromFile($"small/{i}.bin") });
            }

            """);
        Directory.CreateDirectory(Path.Combine(folder, "small"));
        for (var i = 0; i < SmallFiles; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, "small", $"{i}.bin"), RandomNumberGenerator.GetBytes(1024));
        }
    }
}
