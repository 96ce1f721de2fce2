using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Hosts;
using Converge.Bench.Measuring;
using Converge.Bench.Report;

namespace Converge.Bench.Rows;

/// <summary>What a script costs before any host is asked.</summary>
internal sealed class CheckRow : IRow
{
    public string Name => "check";

    public string Description => "converge check: a cached script, and a 100-line script that changed";

    public async Task<RowResult> RunAsync(BenchContext bench, CancellationToken ct)
    {
        var site = new FoobarSite(bench);
        site.Prepare();
        var changing = Path.Combine(bench.Folder("check"), "changing.csx");
        var version = 0;
        Task Change(CancellationToken c) => File.WriteAllTextAsync(changing, HundredLines(++version), c);

        var series = await Comparison.RunAsync(
            [
                Contender.Of("converge check, cached", site.Check),
                Contender.Of("converge check, 100 lines, changed", bench.Converge.Check(changing)) with { Before = Change },
            ],
            bench.Rounds,
            bench.Say,
            ct).ConfigureAwait(false);

        await Change(ct).ConfigureAwait(false);
        var progress = await FirstWordAsync(bench.Converge.Check(changing), ct).ConfigureAwait(false);
        return new RowResult(Name, TimeProvider.System.GetUtcNow())
        {
            Findings =
            [
                Findings.Within(0.150, "converge check, cached script", series[0]),
                Findings.Within(1.5, "converge check, a changed 100-line script", series[1]),
                new Finding(
                    "… its progress line",
                    progress is { } seconds ? $"after {Findings.Time(seconds)}" : "none",
                    "", "", "by 500 ms, where it takes longer than 300 ms", progress < 0.5 || (progress is null && series[1].Median < 0.3)),
            ],
            Series = series,
        };
    }

    /// <summary>When something was first said on standard error; null: nothing was.</summary>
    private static async Task<double?> FirstWordAsync(ShellCommand command, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(command.Program, command.Arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var line = await process.StandardError.ReadLineAsync(ct).ConfigureAwait(false);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await process.WaitForExitAsync(ct).ConfigureAwait(false);
        return line is null ? null : seconds;
    }

    // Exactly 100 lines of the kinds of resources that scripts have; the first makes it a script that was never seen.
    private static string HundredLines(int version)
    {
        var stamp = Stopwatch.GetTimestamp();
        string[] head = [$"// Version {version} of {stamp}.", "var web = Host(\"web1\", \"10.78.20.21\");", "var app = Host(\"app1\", \"10.78.20.31\");"];
        var body = Enumerable.Range(0, 97).Select(i => (i % 5) switch
        {
            0 => $"web.Add(new Package(\"package-{i}\"));",
            1 => $"var file{i} = web.Add(new File(\"/etc/bench/{i}.conf\") {{ Content = $\"host = {{app.Address}}\\nversion = {version}\\n\", Mode = Mode.Octal(\"0644\") }});",
            2 => $"web.Add(new Service(\"unit-{i}\") {{ Running = true, Enabled = true, RestartOn = [file{i - 1}] }});",
            3 => $"app.Add(new Directory(\"/srv/bench/{i}\") {{ Owner = \"root\" }});",
            _ => $"app.Add(new Sysctl(\"net.bench.value{i}\") {{ Value = \"{i}\" }});",
        });
        return string.Join('\n', head.Concat(body)) + "\n";
    }
}
