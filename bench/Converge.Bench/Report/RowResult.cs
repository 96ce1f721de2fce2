using System;
using System.Collections.Generic;
using Converge.Bench.Measuring;

namespace Converge.Bench.Report;

/// <summary>A line of the table: ours against one peer or one bound.</summary>
/// <param name="What">What was done.</param>
/// <param name="Ours">Our number, with its unit.</param>
/// <param name="Peer">Who or what it is held against, with its number. Empty: the target is a bound.</param>
/// <param name="Ratio">Of the two, as the target speaks of it.</param>
/// <param name="Target">What is to be reached.</param>
/// <param name="Met">Null: for information.</param>
internal sealed record Finding(string What, string Ours, string Peer, string Ratio, string Target, bool? Met);

/// <summary>A point of the plot.</summary>
internal sealed record PlotPoint(string Series, int Hosts, double Seconds);

/// <summary>All that a row found.</summary>
internal sealed record RowResult(string Row, DateTimeOffset At)
{
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Raw samples of everything that was timed.</summary>
    public IReadOnlyList<Series> Series { get; init; } = [];

    public IReadOnlyList<PlotPoint> Points { get; init; } = [];

    /// <summary>Sentences that belong below the table.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why there are no numbers. Null: there are.</summary>
    public string? Failure { get; init; }
}
