using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Converge.Modules;

/// <summary>A folder with this owner and mode; folders above it are made where they are missing.</summary>
/// <param name="Path">Absolute path, without a slash at its end.</param>
/// <example>
/// <code>
/// host.Add(new Directory("/srv/app") { Owner = "app", Group = "app", Mode = Mode.Octal("0750") });
/// </code>
/// </example>
public sealed record Directory(string Path) : Resource<FileState>
{
    /// <summary>User name or number. Null: left as found, root for a new folder.</summary>
    public string? Owner { get; init; }

    /// <summary>Group name or number. Null: left as found, root for a new folder.</summary>
    public string? Group { get; init; }

    /// <summary>See <see cref="Modules.Mode.Octal"/>. Null: left as found, 0755 for a new folder.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>The folder shall not exist. One that is not empty is an error unless <see cref="WithContents"/>.</summary>
    public bool Absent { get; init; }

    /// <summary>An absent folder goes with all that is in it. Default: only an empty folder is removed.</summary>
    public bool WithContents { get; init; }

    /// <inheritdoc/>
    public override string Kind => "directory";

    /// <inheritdoc/>
    public override string Name => Path;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => [Provision.Path(Path)];

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs =>
        Provision.FoldersAbove(Path)
            .Concat(Owner is null ? [] : [Provision.User(Owner)])
            .Concat(Group is null ? [] : [Provision.Group(Group)]);

    /// <inheritdoc/>
    public override Query<FileState> Query => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(FileState state, DiffContext context) => throw new NotSupportedException();
}
