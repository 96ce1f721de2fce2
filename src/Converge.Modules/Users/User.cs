using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>A user account. A new one has no password that fits (locked) unless <see cref="PasswordHash"/> is given.</summary>
/// <param name="UserName">Login name.</param>
/// <example>
/// <code>
/// host.Add(new User("app") { System = true, Home = "/srv/app", Shell = "/usr/sbin/nologin" });
/// </code>
/// </example>
public sealed record User(string UserName) : Resource<UserState>
{
    /// <summary>Number. Null: left as found, the next free one for a new account.</summary>
    public int? Uid { get; init; }

    /// <summary>Primary group, by name; it must exist. Null: left as found, a group of the same name for a new account.</summary>
    public string? Group { get; init; }

    /// <summary>Supplementary groups, by name. Null: left as found.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>The account is in no supplementary group but <see cref="Groups"/>. Default: others stay.</summary>
    public bool GroupsExactly { get; init; }

    /// <summary>Home folder: the path that is recorded; the folder itself is a <see cref="Directory"/>. Null: left as found.</summary>
    public string? Home { get; init; }

    /// <summary>Login shell. Null: left as found; <c>/usr/sbin/nologin</c> for a new system account, the system's default for others.</summary>
    public string? Shell { get; init; }

    /// <summary>Full name or remark. Null: left as found.</summary>
    public string? Comment { get; init; }

    /// <summary>Password as <c>crypt(5)</c> hash, such as <c>mkpasswd</c> prints. Null: left as found, locked for a new account.</summary>
    public Secret? PasswordHash { get; init; }

    /// <summary>A new account gets a number of the system's range. An existing one keeps its number.</summary>
    public bool System { get; init; }

    /// <summary>The account shall not exist. Its files stay.</summary>
    public bool Absent { get; init; }

    /// <inheritdoc/>
    public override string Kind => "user";

    /// <inheritdoc/>
    public override string Name => UserName;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => Group is null ? [Provision.User(UserName), Provision.Group(UserName)] : [Provision.User(UserName)];

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs =>
        (Groups ?? []).Concat(Group is null ? [] : [Group]).Select(Provision.Group);

    /// <inheritdoc/>
    public override Query<UserState> Query => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(UserState state, DiffContext context) => throw new NotSupportedException();
}
