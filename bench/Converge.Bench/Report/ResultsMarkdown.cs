using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Converge.Bench.Report;

/// <summary>The report that people read.</summary>
internal static class ResultsMarkdown
{
    public static string Of(IReadOnlyList<RowResult> results, MachineFacts machine)
    {
        var text = new StringBuilder("""
            # Measured

            Written by `./bench/run`; not edited by hand. Medians, quartiles in brackets; contenders ran in turns on one machine, which was also all of the hosts.

            | row | what | ours | against | ratio | target | met |
            |---|---|---|---|---|---|---|

            """);
        foreach (var result in results)
        {
            foreach (var finding in result.Findings)
            {
                Cells(text, result.Row, finding.What, finding.Ours, finding.Peer, finding.Ratio, finding.Target, finding.Met switch { true => "yes", false => "**no**", null => "" });
            }

            if (result.Failure is { } failure)
            {
                Cells(text, result.Row, $"not measured: {failure.Split('\n')[0]}", "", "", "", "", "**no**");
            }
        }

        text.Append("\n![Time over hosts](RESULTS.svg)\n");
        Notes(text, results);
        Surroundings(text, results, machine);
        return text.ToString();
    }

    private static void Cells(StringBuilder text, params IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");

    private static void Notes(StringBuilder text, IReadOnlyList<RowResult> results)
    {
        text.Append("\n## Notes\n");
        foreach (var (row, note) in results.SelectMany(r => r.Notes.Select(n => (r.Row, n))))
        {
            // What has a table in it is a paragraph of its own.
            text.Append(note.Contains('\n') ? $"\n{row}: {note}\n" : $"- {row}: {note}\n");
        }
    }

    private static void Surroundings(StringBuilder text, IReadOnlyList<RowResult> results, MachineFacts machine)
    {
        text.Append($"\n## Where and when\n- Machine: {machine.Machine}\n- Converge: {machine.Commit}\n");
        foreach (var (name, version) in machine.Versions)
        {
            text.Append($"- {name}: {version}\n");
        }

        text.Append($"- Rows, UTC: {string.Join(", ", results.Select(r => $"{r.Row} {r.At:yyyy-MM-dd HH:mm}"))}\n");
        text.Append("""

            ## Again
            ```sh
            ./bench/run            # all rows; half an hour on two cores
            ./bench/run --help     # single rows
            ```
            As root or with sudo, on Debian with the .NET 10 SDK, with nothing else running. Raw samples: `artifacts/bench/results`.

            """);
    }
}
