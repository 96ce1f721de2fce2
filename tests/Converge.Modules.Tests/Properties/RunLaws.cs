using System;
using System.Collections.Generic;
using System.Linq;
using Converge.Applying;
using Converge.Graph;
using Converge.Planning;

namespace Converge.Modules.Tests.Properties;

/// <summary>The laws of a run, as assertions over what it planned, told and reported.</summary>
internal static class RunLaws
{
    private const string Stopped = "the run was stopped";

    /// <summary>Plan is apply: what was decided is what is done, to the last step.</summary>
    public static void PlannedIsApplied(Plan plan, Report report)
    {
        var results = report.Resources.ToDictionary(r => r.Node);
        foreach (var planned in plan.Resources.Where(r => !r.Changes.Any(c => c.Undecided)))
        {
            var result = results[planned.Node];
            Assert.Equal(planned.Changes.Count > 0 ? Outcome.Changed : Outcome.Unchanged, result.Outcome);
            Assert.Equal(planned.Changes.Select(Text), result.Changes.Select(Text));
        }
    }

    /// <summary>One exchange to ask, and one for each wave; without edges between hosts there are no more waves than the longest chain has links.</summary>
    public static void FewExchanges(Report report, IReadOnlyList<RunEvent> events, bool crossesHosts)
    {
        foreach (var host in report.Hosts)
        {
            var waves = events.OfType<WaveStarted>().Count(w => w.Host == host.Host);
            Assert.True(host.Exchanges <= 1 + waves, $"{host.Host}: {host.Exchanges} exchanges, {waves} waves");
            Assert.True(crossesHosts || waves <= Longest(host), $"{host.Host}: {waves} waves, the longest chain of changes has {Longest(host)}");
        }
    }

    /// <summary>Each resource ends once and in one way, and what was told of it on the way is what is reported.</summary>
    public static void ReportsEachOnce(Report report, IReadOnlyList<RunEvent> events, FleetGraph graph)
    {
        var told = events.OfType<ResourceFinished>().ToList();
        Assert.Equal(graph.Nodes.Select(n => n.Id.ToString()).Order(StringComparer.Ordinal), report.Resources.Select(r => r.Node.Id.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(report.Resources.Count(), told.Count);
        Assert.All(told, t => Assert.Same(report.Resources.Single(r => r.Node == t.Result.Node), t.Result));
    }

    /// <summary>What failed had a reason to; what stands on it is skipped and names it; all else is finished.</summary>
    /// <param name="report">How it ended.</param>
    /// <param name="spoilt">Steps that were made to fail or to lie.</param>
    public static void NamesTheCauses(Report report, IReadOnlyCollection<string> spoilt)
    {
        var results = report.Resources.ToDictionary(r => r.Node);
        var lost = report.Hosts.Where(h => h.Failure is not null).Select(h => h.Host).ToHashSet();
        foreach (var result in report.Resources)
        {
            var before = Above(result.Node).Select(n => results[n]).ToList();
            var disturbed = report.Stopped || lost.Contains(result.Node.Host);
            if (result.Outcome == Outcome.Failed)
            {
                Assert.True(disturbed || spoilt.Any(s => s.Contains(result.Node.Resource.Name, StringComparison.Ordinal)), $"{result.Node} failed without a reason: {result.Failure!.Detail}");
                Assert.NotEqual("", result.Failure!.Detail);
            }

            if (result.Outcome == Outcome.Skipped)
            {
                var causes = before.Where(b => b.Outcome == Outcome.Failed).Select(b => $"{b.Node.Id} failed")
                    .Concat(before.Select(b => b.Node.Host).Append(result.Node.Host).Where(lost.Contains).Select(h => $"{h} was not reached"))
                    .Concat(report.Stopped ? [Stopped] : Array.Empty<string>());
                Assert.Contains(result.SkippedBecause, causes);
            }

            if (!disturbed && before.TrueForAll(b => b.Outcome is Outcome.Changed or Outcome.Unchanged) && result.Outcome != Outcome.Failed)
            {
                Assert.True(result.Outcome is Outcome.Changed or Outcome.Unchanged, $"{result.Node} was {result.Outcome} although nothing stood in its way: {result.SkippedBecause}");
            }
        }
    }

    /// <summary>What is reported as done is done: nothing is left to do for it, seen by another run.</summary>
    public static void IsTrue(Report report, Plan found)
    {
        var left = found.Resources.Where(r => r.Changes.Count > 0).Select(r => r.Node).ToHashSet();
        foreach (var result in report.Resources.Where(r => r.Outcome is Outcome.Changed or Outcome.Unchanged))
        {
            Assert.True(!left.Contains(result.Node), $"{result.Node} was reported as {result.Outcome}, and is not as it shall be");
        }
    }

    private static string Text(Change change) => $"{change} {string.Join("; ", change.Steps.Select(s => s.Describe()))}";

    private static int Longest(HostReport host)
    {
        var changed = host.Resources.Where(r => r.Outcome == Outcome.Changed).Select(r => r.Node).ToHashSet();
        int Depth(ResourceNode node) => node.Dependencies.Select(d => Depth(d.To)).DefaultIfEmpty(0).Max() + (changed.Contains(node) ? 1 : 0);
        return host.Resources.Select(r => Depth(r.Node)).DefaultIfEmpty(0).Max();
    }

    private static IEnumerable<ResourceNode> Above(ResourceNode node) => node.Dependencies.SelectMany(d => Above(d.To).Prepend(d.To)).Distinct();
}
