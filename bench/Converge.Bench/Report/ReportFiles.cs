using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Bench.Report;

/// <summary>Writes the report from the last results of all rows.</summary>
internal static class ReportFiles
{
    // The order of the table, whatever was run last.
    private static readonly string[] Order = ["foobar", "first", "link", "fleet", "plan", "check", "files", "micro"];

    public static async Task WriteAsync(BenchContext bench, CancellationToken ct)
    {
        RowResult[] results = [.. ResultStore.Read(bench).Values.OrderBy(r => System.Array.IndexOf(Order, r.Row))];
        var machine = await MachineFacts.ReadAsync(ct).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(bench.Root, "bench", "RESULTS.md"), ResultsMarkdown.Of(results, machine), ct).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(bench.Root, "bench", "RESULTS.svg"), ResultsPlot.Of([.. results.SelectMany(r => r.Points)]), ct).ConfigureAwait(false);
    }
}
