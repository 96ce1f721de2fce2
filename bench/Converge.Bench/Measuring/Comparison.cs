using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Bench.Measuring;

/// <summary>The samples of one contender.</summary>
internal sealed record Series(string Name, IReadOnlyList<Sample> Samples)
{
    public Statistics Seconds => Statistics.Of(Samples.Select(s => s.Seconds));

    public double Median => Seconds.Median;

    public double Cpu => Statistics.Of(Samples.Select(s => s.CpuSeconds)).Median;

    public double MegaBytes => Samples.Max(s => s.MegaBytes);
}

/// <summary>Runs contenders in turns, so that what disturbs the machine for a while disturbs all of them.</summary>
internal static class Comparison
{
    /// <summary>The series, in the order of the contenders.</summary>
    public static async Task<IReadOnlyList<Series>> RunAsync(IReadOnlyList<Contender> contenders, int rounds, Action<string> say, CancellationToken ct)
    {
        foreach (var contender in contenders.Where(c => c.WarmUp))
        {
            await OnceAsync(contender, ct).ConfigureAwait(false);
        }

        var samples = contenders.ToDictionary(c => c, _ => new List<Sample>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders.Where(c => round < c.MostRounds))
            {
                samples[contender].Add(await OnceAsync(contender, ct).ConfigureAwait(false));
            }
        }

        Series[] series = [.. contenders.Select(c => new Series(c.Name, samples[c]))];
        foreach (var one in series)
        {
            say($"{one.Name}: {one.Median:0.000} s ({one.Seconds.LowerQuartile:0.000}–{one.Seconds.UpperQuartile:0.000}, n={one.Samples.Count}), cpu {one.Cpu:0.00} s, {one.MegaBytes:0} MB");
        }

        return series;
    }

    private static async Task<Sample> OnceAsync(Contender contender, CancellationToken ct)
    {
        try
        {
            await (contender.Before?.Invoke(ct) ?? Task.CompletedTask).ConfigureAwait(false);
            return await contender.Run(ct).ConfigureAwait(false);
        }
        finally
        {
            await (contender.After?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
        }
    }
}
