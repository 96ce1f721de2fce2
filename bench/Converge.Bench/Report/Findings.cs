using System;
using Converge.Bench.Measuring;

namespace Converge.Bench.Report;

/// <summary>Makes lines of the table out of measured series.</summary>
internal static class Findings
{
    /// <summary>Ours may take at most this many times as long as the peer.</summary>
    public static Finding AtMost(double factor, string what, Series ours, Series peer)
    {
        var ratio = ours.Median / peer.Median;
        return new Finding(what, Time(ours), $"{peer.Name}: {Time(peer)}", $"{Number(ratio)} ×", $"≤ {Number(factor)} ×", ratio <= factor);
    }

    /// <summary>Ours must be at least this many times as fast as the peer.</summary>
    public static Finding FasterBy(double factor, string what, Series ours, Series peer)
    {
        var ratio = peer.Median / ours.Median;
        return new Finding(what, Time(ours), $"{peer.Name}: {Time(peer)}", $"{Number(ratio)} × faster", $"≥ {Number(factor)} × faster", ratio >= factor);
    }

    /// <summary>Shown beside the others; there is no target.</summary>
    public static Finding Beside(string what, Series ours, Series peer) =>
        new(what, Time(ours), $"{peer.Name}: {Time(peer)}", $"{Number(ours.Median / peer.Median)} ×", "", null);

    /// <summary>Ours may take at most so long.</summary>
    public static Finding Within(double seconds, string what, Series ours) =>
        new(what, Time(ours), "", "", $"≤ {Time(seconds)}", ours.Median <= seconds);

    /// <summary>Median and quartiles.</summary>
    public static string Time(Series series) => series.Samples.Count > 1
        ? $"{Time(series.Median)} ({Plain(series.Seconds.LowerQuartile)}–{Plain(series.Seconds.UpperQuartile)})"
        : Time(series.Median);

    /// <summary>Three digits that count.</summary>
    public static string Time(double seconds) => seconds < 1
        ? $"{seconds * 1000:0} ms"
        : $"{Math.Round(seconds, seconds < 10 ? 2 : 1)} s";

    public static string Number(double value) => value.ToString(value < 10 ? "0.00" : "0.0");

    private static string Plain(double seconds) => seconds.ToString(seconds < 10 ? "0.000" : "0.0");
}
