using System.IO;

namespace Converge.Modules;

/// <summary>A file or folder that a package brings.</summary>
/// <param name="Path">Absolute path.</param>
public sealed record BroughtPath(string Path) : Brought(Provision.Path(Path))
{
    /// <summary>It is a folder. Default: a file.</summary>
    public bool IsFolder { get; init; }

    /// <summary>User name.</summary>
    public string Owner { get; init; } = "root";

    /// <summary>Group name.</summary>
    public string Group { get; init; } = "root";

    /// <summary>Null: 0644, or 0755 for a folder.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>What will be there instead of nothing, when something brings it; else what was found.</summary>
    internal static FileState Over(FileState found, string path, DiffContext context) =>
        found.Kind == PathKind.Missing && context.Brought<BroughtPath>(Provision.Path(path)) is var (by, what)
            ? new FileState(what.IsFolder ? PathKind.Directory : PathKind.File)
            {
                Owner = what.Owner,
                OwnerId = what.Owner == "root" ? 0 : FileState.UnknownId,
                Group = what.Group,
                GroupId = what.Group == "root" ? 0 : FileState.UnknownId,
                Mode = what.Mode ?? Modules.Mode.Octal(what.IsFolder ? "0755" : "0644"),
                Sha256 = "unknown",
                ComesWith = $"{by.Kind} {by.Name}",
            }
            : found;
}
