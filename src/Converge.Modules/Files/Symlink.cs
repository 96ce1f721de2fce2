using System;
using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>A symbolic link.</summary>
/// <param name="Path">Absolute path of the link itself.</param>
/// <example>
/// <code>
/// host.Add(new Symlink("/etc/nginx/sites-enabled/www") { Target = "../sites-available/www" });
/// </code>
/// </example>
public sealed record Symlink(string Path) : Resource<FileState>
{
    /// <summary>Where it points, as written into the link; a relative one starts at the link's folder. Required unless <see cref="Absent"/>.</summary>
    public string? Target { get; init; }

    /// <summary>There shall be no link. A file or folder in its place is an error.</summary>
    public bool Absent { get; init; }

    /// <inheritdoc/>
    public override string Kind => "symlink";

    /// <inheritdoc/>
    public override string Name => Path;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => [Provision.Path(Path)];

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs => Provision.FoldersAbove(Path);

    /// <inheritdoc/>
    public override Query<FileState> Query => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(FileState state, DiffContext context) => throw new NotSupportedException();
}
