using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Measuring;
using Converge.Bench.Report;

namespace Converge.Bench.Rows;

/// <summary>BenchmarkDotNet on single parts; bench/Converge.MicroBench is its project.</summary>
internal sealed class MicroRow : IRow
{
    public string Name => "micro";

    public string Description => "BenchmarkDotNet: planning, diffing, rendering";

    public async Task<RowResult> RunAsync(BenchContext bench, CancellationToken ct)
    {
        var folder = bench.Folder("micro");
        bench.Say("building and running bench/Converge.MicroBench");
        var build = new ShellCommand("dotnet", ["build", Path.Combine(bench.Root, "bench", "Converge.MicroBench"), "-c", "Release", "-v", "quiet", "--tl:off", "-nodeReuse:false", "-p:UseSharedCompilation=false"]);
        await CommandTimer.RunAsync(build, ct).ConfigureAwait(false);
        var program = Path.Combine(bench.Root, "artifacts", "bin", "Converge.MicroBench", "release", "Converge.MicroBench.dll");
        await CommandTimer.RunAsync(new ShellCommand("dotnet", [program, folder]), ct).ConfigureAwait(false);

        var tables = Directory.EnumerateFiles(folder, "*-report-github.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileName(file).Split('.')[^2].Split('-')[0]}\n\n{string.Join('\n', File.ReadLines(file).Where(line => line.StartsWith('|')))}").ToArray();
        if (tables.Length == 0)
        {
            throw new BenchException($"BenchmarkDotNet wrote no report into {folder}");
        }

        return new RowResult(Name, TimeProvider.System.GetUtcNow()) { Notes = tables };
    }
}
