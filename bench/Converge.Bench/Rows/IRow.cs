using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Report;

namespace Converge.Bench.Rows;

/// <summary>One part of the benchmark that can be run alone.</summary>
internal interface IRow
{
    /// <summary>As given on the command line.</summary>
    string Name { get; }

    /// <summary>What it measures, for the help.</summary>
    string Description { get; }

    /// <summary>Measures, and leaves nothing behind on this machine.</summary>
    /// <exception cref="BenchException">It cannot be measured.</exception>
    Task<RowResult> RunAsync(BenchContext bench, CancellationToken ct);
}
