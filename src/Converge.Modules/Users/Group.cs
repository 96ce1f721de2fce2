using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Converge.Modules;

/// <summary>A group of users.</summary>
/// <param name="GroupName">Name.</param>
/// <example>
/// <code>
/// host.Add(new Group("deploy") { System = true });
/// </code>
/// </example>
public sealed record Group(string GroupName) : Resource<GroupState>
{
    /// <summary>Number. Null: left as found, the next free one for a new group.</summary>
    public int? Gid { get; init; }

    /// <summary>A new group gets a number of the system's range. An existing one keeps its number.</summary>
    public bool System { get; init; }

    /// <summary>The group shall not exist.</summary>
    public bool Absent { get; init; }

    /// <inheritdoc/>
    public override string Kind => "group";

    /// <inheritdoc/>
    public override string Name => GroupName;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => [Provision.Group(GroupName)];

    /// <inheritdoc/>
    public override Query<GroupState> Query => AccountQuestion.AskGroup(GroupName);

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(GroupState state, DiffContext context) => (Absent, state.Gid) switch
    {
        (true, { } found) => [new Change("group", Number(found), null) { Steps = [new RunProgram("groupdel", [GroupName])] }],
        (true, null) => [],
        (false, null) when context.Brought<BroughtAccount>(Provision.Group(GroupName)) is var (by, _) => Gid is { } brought ? [Change.DecidedAfter("gid", Number(brought), by.ToString())] : [],
        (false, null) => [new Change("group", null, Gid is { } gid ? Number(gid) : "a group") { Steps = [Add()] }],
        (false, { } found) when Gid is { } wanted && wanted != found =>
            [new Change("gid", Number(found), Number(wanted)) { Steps = [new RunProgram("groupmod", ["--gid", Number(wanted), GroupName])] }],
        _ => [],
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes() =>
        [.. AccountName.Mistakes(GroupName, "group"), .. Gid is < 0 ? ["Gid is negative"] : Array.Empty<string>()];

    /// <summary>Two that agree on the number are one.</summary>
    public override Resource? MergeWith(Resource other) =>
        other is Group group && group.Absent == Absent && Agree.On(Gid, group.Gid, out var gid)
            ? this with { Gid = gid, System = System || group.System, After = [.. After.Union(group.After)] }
            : null;

    private RunProgram Add() => new("groupadd",
        [.. System ? ["--system"] : Array.Empty<string>(), .. Gid is { } gid ? ["--gid", Number(gid)] : Array.Empty<string>(), GroupName]);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A group as the host knows it.</summary>
/// <param name="Gid">Number; null when there is no such group.</param>
public sealed record GroupState(int? Gid);
