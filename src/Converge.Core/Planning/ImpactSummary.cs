using System;
using System.Collections.Generic;
using System.Linq;
using Converge.Graph;

namespace Converge.Planning;

/// <summary>What changes do to what is running, in the words of an operator: <c>haproxy reloads: 1</c>.</summary>
/// <param name="What"><c>haproxy reloads</c>, <c>VIP moves</c>, <c>data</c>.</param>
/// <param name="Count">Resources; each counts once, with its gravest impact.</param>
public sealed record ImpactSummary(string What, int Count)
{
    /// <summary>Reloads and restarts by what is reloaded, then the two gravest, which are named also where there are none.</summary>
    public static IReadOnlyList<ImpactSummary> Of(IEnumerable<(ResourceNode Node, IReadOnlyList<Change> Changes)> changed)
    {
        var gravest = changed.Where(c => c.Changes.Any(change => !change.Undecided)).Select(c => (c.Node, Impact: Gravest(c.Changes))).ToList();
        return
        [
            .. Named(gravest, Impact.Reload, "reloads"),
            .. Named(gravest, Impact.Restart, "restarts"),
            new("VIP moves", gravest.Count(g => g.Impact == Impact.Failover)),
            new("data", gravest.Count(g => g.Impact == Impact.Data)),
        ];
    }

    /// <inheritdoc cref="Of(IEnumerable{ValueTuple{ResourceNode, IReadOnlyList{Change}}})"/>
    public static IReadOnlyList<ImpactSummary> Of(Plan plan) => Of(plan.Resources.Select(r => (r.Node, r.Changes)));

    /// <summary>The gravest impact of what is decided.</summary>
    public static Impact Gravest(IEnumerable<Change> changes) => changes.Where(c => !c.Undecided).Select(c => c.Impact).DefaultIfEmpty(Impact.None).Max();

    /// <summary><c>haproxy reloads: 1</c>.</summary>
    public override string ToString() => $"{What}: {Count}";

    private static IEnumerable<ImpactSummary> Named(IEnumerable<(ResourceNode Node, Impact Impact)> gravest, Impact impact, string verb) => gravest
        .Where(g => g.Impact == impact)
        .GroupBy(g => NameOf(g.Node), StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => new ImpactSummary($"{g.Key} {verb}", g.Count()));

    // A package is restarted under the name of its service more often than not; people say haproxy, not haproxy.service.
    private static string NameOf(ResourceNode node) => node.Resource switch
    {
        { Kind: "service", Name: var unit } when unit.EndsWith(".service", StringComparison.Ordinal) => unit[..^".service".Length],
        { Kind: "service" or "package", Name: var name } => name,
        var other => other.ToString(),
    };
}
