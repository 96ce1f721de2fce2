using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Converge.Acceptance.Running;

/// <summary>What an apply had planned, against what it did: both from the events of <c>apply --json</c>.</summary>
/// <param name="Resources">All of the run.</param>
/// <param name="Open">Of which the plan left open whether, or how, they change.</param>
/// <param name="Differences">Where the plan was decided and something else was done; lines.</param>
internal sealed record PlanAccuracy(int Resources, IReadOnlyList<string> Open, IReadOnlyList<string> Differences)
{
    /// <summary>Compares the sets of changed properties of every resource.</summary>
    public static PlanAccuracy Of(ProgramRun apply)
    {
        var events = apply.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToList();
        var planned = events.Where(e => TypeOf(e) == "resource-planned").ToDictionary(IdOf, e => e.GetProperty("changes").EnumerateArray().ToList());
        var done = events.Where(e => TypeOf(e) == "resource-finished").ToDictionary(IdOf, e => e.GetProperty("changed").EnumerateArray().Select(p => p.GetString()!).ToHashSet());
        var open = planned.Where(p => p.Value.Any(c => !c.GetProperty("decided").GetBoolean())).Select(p => p.Key).ToHashSet();
        return new PlanAccuracy(
            apply.Number("changed") + apply.Number("unchanged") + apply.Number("failed") + apply.Number("skipped"),
            [.. open],
            [.. planned.Keys.Union(done.Keys).Except(open).Select(id => Difference(id, Properties(planned.GetValueOrDefault(id, [])), done.GetValueOrDefault(id, []))).OfType<string>()]);
    }

    /// <summary>Fails the test where something was done that was not planned or the other way round, or where a plan leaves too much open.</summary>
    /// <param name="most">The part of all resources that may be open.</param>
    public void Require(double most)
    {
        Console.WriteLine(this);
        Assert.True(Differences.Count == 0, ToString());
        Assert.True(Open.Count <= most * Resources, ToString());
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var decided = Resources - Open.Count;
        return $"planned as applied: {decided - Differences.Count} of {decided} decided resources; may change: {Open.Count} of {Resources}"
            + string.Concat(Open.Select(id => $"\n  may change: {id}")) + string.Concat(Differences.Select(d => $"\n  {d}"));
    }

    private static string? Difference(string id, HashSet<string> planned, HashSet<string> done) =>
        planned.SetEquals(done) ? null : $"{id}: planned {List(planned)}, done {List(done)}";

    private static HashSet<string> Properties(List<JsonElement> changes) => [.. changes.Select(c => c.GetProperty("property").GetString()!)];

    private static string List(HashSet<string> properties) => properties.Count == 0 ? "nothing" : string.Join(", ", properties.Order(StringComparer.Ordinal));

    private static string TypeOf(JsonElement happened) => happened.GetProperty("type").GetString()!;

    private static string IdOf(JsonElement happened) =>
        $"{happened.GetProperty("kind").GetString()} {happened.GetProperty("name").GetString()} on {happened.GetProperty("host").GetString()}";

    private static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
