using System.Collections.Generic;
using System.Linq;

namespace Converge.Applying;

/// <summary>The ways back of one host that nobody has confirmed or taken yet.</summary>
internal sealed class ArmedWays
{
    private readonly Dictionary<NodeRun, List<WayBack>> _open = [];

    /// <summary>Whether some resource's change waits for this one to take it in.</summary>
    public bool WaitFor(NodeRun node) => node.Before.Any(_open.ContainsKey);

    /// <summary>Whether a resource's own change may cut us off.</summary>
    public static bool Has(NodeRun node) => Of([node]).Count > 0;

    public static IReadOnlyList<WayBack> Of(IEnumerable<NodeRun> nodes) => [.. nodes.SelectMany(n => n.Diff.Changes).Select(c => c.WayBack).OfType<WayBack>()];

    /// <summary>
    /// Takes what is to be confirmed or put back with this resource: its own, and those whose change it has just taken in. Nothing where its own
    /// wait for others, who come right after it, to take them in: only then can a new connection tell anything.
    /// </summary>
    public IReadOnlyList<WayBack> Take(NodeRun node, IReadOnlyList<NodeRun> all, bool armed, bool reached)
    {
        List<WayBack> own = armed ? [.. Of([node])] : [];
        if (reached && own.Exists(w => w.UntilTakenIn) && all.Any(n => !n.IsDone && n.Before.Contains(node)))
        {
            _open[node] = own;
            own = [];
        }

        return [.. own, .. node.Before.SelectMany(TakeOpen)];
    }

    /// <summary>Takes those for which nobody is left who could take them in.</summary>
    public IReadOnlyList<WayBack> TakeRest(IReadOnlyList<NodeRun> all) =>
        [.. _open.Keys.Where(by => !all.Any(n => !n.IsDone && n.Before.Contains(by))).ToList().SelectMany(TakeOpen)];

    /// <summary>Those of these resources, and those whose change they take in.</summary>
    public IReadOnlyList<WayBack> At(IReadOnlyList<NodeRun> nodes) => [.. Of(nodes), .. nodes.SelectMany(n => n.Before).Distinct().SelectMany(by => _open.GetValueOrDefault(by) ?? [])];

    private List<WayBack> TakeOpen(NodeRun by) => _open.Remove(by, out var ways) ? ways : [];
}
