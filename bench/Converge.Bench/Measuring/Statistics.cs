using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Bench.Measuring;

/// <summary>Median and quartiles.</summary>
internal sealed record Statistics(double Median, double LowerQuartile, double UpperQuartile)
{
    public static Statistics Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Statistics(Quantile(sorted, 0.5), Quantile(sorted, 0.25), Quantile(sorted, 0.75));
    }

    // Between two samples it is interpolated, as R and NumPy do by default.
    private static double Quantile(double[] sorted, double part)
    {
        var position = part * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
