using System;
using System.IO;
using System.Linq;

namespace Converge.Modules;

/// <summary>What is found at a path.</summary>
public sealed record FileState(PathKind Kind)
{
    /// <summary>Nothing is there.</summary>
    public static FileState Missing { get; } = new(PathKind.Missing);

    /// <summary>Nor is the folder that it would be in.</summary>
    public bool FolderMissing { get; init; }

    /// <summary>User name, or its number when it has no name.</summary>
    public string Owner { get; init; } = "root";

    /// <summary>Number of the owner.</summary>
    public int OwnerId { get; init; }

    /// <summary>Group name, or its number when it has no name.</summary>
    public string Group { get; init; } = "root";

    /// <summary>Number of the group.</summary>
    public int GroupId { get; init; }

    /// <summary>Permissions with the special bits.</summary>
    public UnixFileMode Mode { get; init; }

    /// <summary>When content, owner or mode last changed, to the second (<c>ctime</c>: no program can set it back).</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Lower-case hexadecimal; empty when it was not asked for or could not be read.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The bytes, where they differ from what is wanted and are few enough to be shown; else null.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>Where a symbolic link points; else null.</summary>
    public string? Target { get; init; }

    /// <summary>It is not there yet: what brings it, such as <c>package haproxy</c>. Null: it was found.</summary>
    internal string? ComesWith { get; init; }

    /// <summary>The number of an account that has none yet.</summary>
    internal const int UnknownId = -1;

    /// <summary>Refuses to put something where there is no folder for it, unless something that is still to come may make one.</summary>
    internal void RequireFolder(string path, DiffContext context)
    {
        if (FolderMissing && !context.PendingHere.Any())
        {
            throw new ConvergeException($"there is no folder {path[..path.LastIndexOf('/')]}", "Describe it as a Directory, or describe the package that brings it.");
        }
    }
}

/// <summary>What sort of thing is at a path.</summary>
public enum PathKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Directory,

    /// <summary>A symbolic link, wherever it points.</summary>
    Symlink,

    /// <summary>A device, socket or pipe.</summary>
    Other,
}
