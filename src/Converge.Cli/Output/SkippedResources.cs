using System.Collections.Generic;
using System.Linq;
using Converge.Applying;

namespace Converge.Cli.Output;

/// <summary>Gathers what is skipped on each host, so that one failure is followed by one line and not by fifty.</summary>
internal sealed class SkippedResources
{
    private const int MostNames = 3;

    private readonly List<ResourceResult> _waiting = [];

    /// <summary>Lines to show now; empty for what is shown later; null for what is none of its business.</summary>
    public string? Of(RunEvent happened, Paint paint, bool verbose)
    {
        switch (happened)
        {
            case ResourceFinished { Result.Outcome: Outcome.Skipped } finished:
                _waiting.Add(finished.Result);
                return "";
            case HostFinished finished:
                var mine = _waiting.Where(r => r.Node.Host == finished.Host).ToList();
                _waiting.RemoveAll(mine.Contains);
                return string.Concat(mine.GroupBy(r => r.SkippedBecause).Select(g => Line(finished.Host, [.. g], g.Key, paint, verbose)));
            default:
                return null;
        }
    }

    private static string Line(Host host, IReadOnlyList<ResourceResult> skipped, string? because, Paint paint, bool verbose)
    {
        var names = skipped.Select(r => Redaction.Clean(r.Node.Resource.ToString())).ToList();
        var shown = verbose || names.Count <= MostNames
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MostNames - 1))} and {names.Count - MostNames + 1} more";
        return $"{host}: {paint.Yellow("skipped")} {shown}, because {because}\n";
    }
}
