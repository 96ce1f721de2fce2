using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Converge.Modules;

/// <summary>A regular file with exactly this content, owner and mode; replaced as a whole or not at all.</summary>
/// <param name="Path">Absolute path.</param>
/// <example>
/// <code>
/// host.Add(new File("/etc/motd")
/// {
///     Content = "Managed by Converge.\n",
///     Mode = Mode.Octal("0644"),
/// });
/// </code>
/// </example>
public sealed record File(string Path) : Resource<FileState>
{
    /// <summary>The exact bytes. Null: left as found, an empty file where there is none.</summary>
    public Content? Content { get; init; }

    /// <summary>User name or number. Null: left as found, root for a new file.</summary>
    public string? Owner { get; init; }

    /// <summary>Group name or number. Null: left as found, root for a new file.</summary>
    public string? Group { get; init; }

    /// <summary>See <see cref="Modules.Mode.Octal"/>. Null: left as found; 0644 for a new file, 0600 where its content has a secret.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>The file shall not exist.</summary>
    public bool Absent { get; init; }

    /// <summary>Checks new content on the host before it replaces the old. Null: not checked.</summary>
    public Validation? Validation { get; init; }

    /// <summary>What a change of it does to what is running. Default: nothing; services that read it say so themselves (<see cref="Service.ReloadOn"/>).</summary>
    public Impact Impact { get; init; }

    /// <inheritdoc/>
    public override string Kind => "file";

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
    public override IEnumerable<RenderedFile> Renders => Absent || Content is null ? [] : [new RenderedFile(Path, Content)];

    /// <inheritdoc/>
    public override Query<FileState> Query => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(FileState state, DiffContext context) => throw new NotSupportedException();
}
