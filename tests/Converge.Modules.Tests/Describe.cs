using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules.Tests;

/// <summary>Writes changes as text, so that tests compare whole decisions.</summary>
internal static class Describe
{
    /// <summary><c>mode: 0644 → 0600 [chmod 0600 /x]</c>, one line a change.</summary>
    public static string Changes(IEnumerable<Change> changes) => string.Join('\n', changes.Select(Line));

    public static string Diff<T>(Resource<T> resource, T state, params string[] pending) => Changes(resource.Diff(state, Context(pending)));

    /// <summary>Pending resources are written <c>package nginx</c>.</summary>
    public static DiffContext Context(params string[] pending) =>
        new(new HostFacts(), [.. pending.Select(p => new ResourceId("host", p.Split(' ', 2)[0], p.Split(' ', 2)[1]))]);

    private static string Line(Change change)
    {
        var steps = change.Steps.Count == 0 ? "" : $" [{string.Join("; ", change.Steps.Select(s => s.Describe()))}]";
        var impact = change.Impact == Impact.None ? "" : $" ({change.Impact.ToString().ToLowerInvariant()})";
        var reason = change.Reason is null ? "" : $" because {change.Reason}";
        return change.Undecided
            ? $"{change.Property}: perhaps {change.To}, decided after {change.Reason}"
            : $"{change.Property}: {change.From ?? "none"} → {change.To ?? "none"}{impact}{reason}{steps}";
    }
}
