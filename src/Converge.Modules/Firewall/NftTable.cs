using System;
using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>A table of the kernel's packet filter that is exactly what a file says.</summary>
/// <param name="Family">Such as <c>inet</c>.</param>
/// <param name="Table">Name of the table.</param>
/// <param name="Path">File that replaces the table when nft loads it, and nothing else.</param>
internal sealed record NftTable(string Family, string Table, string Path) : Resource<NftTableState>
{
    /// <summary>What it lets in.</summary>
    public IReadOnlyList<Provision> Openings { get; init; } = [];

    /// <summary>How long the host waits for us before it puts the former rules back. Null: the usual time.</summary>
    public TimeSpan? Patience { get; init; }

    public override string Kind => "nft-table";

    public override string Name => $"{Family} {Table}";

    public override IEnumerable<Provision> Provides => Openings;

    public override IEnumerable<Provision> Needs => [Provision.Path(Path)];

    public override Query<NftTableState> Query =>
        NftTableState.Question.Ask(Family, Table, Path).Select(tables => tables.GetValueOrDefault((Family, Table, Path), NftTableState.Missing));

    public override IEnumerable<Change> Diff(NftTableState state, DiffContext context)
    {
        RunProgram[] load = [new("nft", ["-f", Path]) { AgainOnUndo = true }, NftTableState.Record(Family, Table, Path)];
        var back = NftWayBack.Of(Family, Table, Path);
        back = Patience is { } patience ? back with { Patience = patience } : back;
        var pending = context.PendingOf("file", Path);
        if (state.Live is null)
        {
            yield return new Change("table", null, "loaded", Impact.Runtime) { Steps = load, WayBack = back };
        }
        else if (pending is not null && state.Live != state.InFile)
        {
            // Someone changed the live rules, or the file, or both: only the file as it shall be can tell which.
            yield return Change.DecidedAfter("rules", $"as in {Path}", pending.ToString()!);
        }
        else if (pending is not null)
        {
            yield return new Change("rules", "as in the old file", "as in the new file", Impact.Runtime) { Steps = load, WayBack = back, Reason = $"{Path} changes" };
        }
        else if (state.Unable is not null && context.Pending.Count > 0)
        {
            yield return Change.DecidedAfter("rules", $"as in {Path}", context.Pending[^1].ToString());
        }
        else if (state.Unable is { } reason)
        {
            throw new ProbeException($"the live rules cannot be compared with {Path}: {reason}");
        }
        else if (state.Live != state.InFile)
        {
            yield return new Change("rules", $"not as in {Path}", $"as in {Path}", Impact.Runtime)
            {
                Steps = load,
                WayBack = back,
                TextDiff = state.InFile is null ? null : UnifiedDiff.Of(state.Live + "\n", state.InFile + "\n", $"table {Name}"),
            };
        }
    }
}
