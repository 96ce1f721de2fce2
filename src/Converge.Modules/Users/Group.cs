using System;
using System.Collections.Generic;

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
    public override Query<GroupState> Query => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(GroupState state, DiffContext context) => throw new NotSupportedException();
}

/// <summary>A group as the host knows it.</summary>
/// <param name="Gid">Number; null when there is no such group.</param>
public sealed record GroupState(int? Gid);
