using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Measuring;
using Converge.Bench.Report;
using Converge.Bench.Rows;

namespace Converge.Bench;

/// <summary>Runs the rows that were asked for, one after another, and writes the report anew after each.</summary>
internal static class Program
{
    private static readonly IReadOnlyList<IRow> Rows =
        [new FoobarRow(), new FirstApplyRow(), new LinkRow(), new FleetRow(), new PlanRow(), new CheckRow(), new FilesRow(), new MicroRow()];

    private static async Task<int> Main(string[] arguments)
    {
        // A row asks this program for a process of its own.
        if (arguments is [PlanRow.ChildVerb, var hosts])
        {
            return await PlanRow.ChildAsync(hosts).ConfigureAwait(false);
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            var options = BenchOptions.Parse(arguments, [.. Rows.Select(r => r.Name)]);
            return options.Help ? Help() : await RunAsync(options, stop.Token).ConfigureAwait(false);
        }
        catch (BenchException e)
        {
            Console.Error.WriteLine($"bench: {e.Message}");
            return 2;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> RunAsync(BenchOptions options, CancellationToken ct)
    {
        var bench = new BenchContext(Directory.GetCurrentDirectory(), options.Rounds, text => Console.WriteLine($"  {text}"));
        Directory.CreateDirectory(bench.Work);
        var failed = false;
        try
        {
            await CommandTimer.RunAsync(bench.Converge.Version, ct).ConfigureAwait(false);
            foreach (var row in Rows.Where(r => options.Rows.Count == 0 || options.Rows.Contains(r.Name)))
            {
                Console.WriteLine($"== {row.Name}: {row.Description}");
                var result = await OneAsync(row, bench, ct).ConfigureAwait(false);
                // A command that Ctrl-C ended has failed, but says nothing about its row.
                ct.ThrowIfCancellationRequested();
                failed |= result.Failure is not null;
                ResultStore.Write(bench, result);
                await ReportFiles.WriteAsync(bench, ct).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("bench: stopped; what was measured before is in the report, and nothing was left behind");
            return 130;
        }

        Console.WriteLine("Written: bench/RESULTS.md, bench/RESULTS.svg; raw samples are in artifacts/bench/results");
        return failed ? 1 : 0;
    }

    // One row that cannot be measured is no reason not to measure the others.
    private static async Task<RowResult> OneAsync(IRow row, BenchContext bench, CancellationToken ct)
    {
        try
        {
            return await row.RunAsync(bench, ct).ConfigureAwait(false);
        }
        catch (BenchException e)
        {
            Console.Error.WriteLine($"bench: {row.Name}: {e.Message}");
            return new RowResult(row.Name, TimeProvider.System.GetUtcNow()) { Failure = e.Message };
        }
    }

    private static int Help()
    {
        Console.WriteLine($"""
            Usage: ./bench/run [--rounds N] [ROW...]

            Measures Converge against its peers on this machine and writes bench/RESULTS.md and
            bench/RESULTS.svg. Installs the Debian packages that are missing. Needs root (or sudo)
            and the .NET 10 SDK; nothing else should run meanwhile.

            --rounds N   how often each contender runs, in turns with the others (default 7;
                         those that take long run less often)

            Rows, by default all, in this order:
            {string.Join('\n', Rows.Select(r => $"  {r.Name,-8} {r.Description}"))}

            Rows that are not run keep their last numbers. The exit code is 1 if a row could not
            be measured.
            """);
        return 0;
    }
}
