using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>
/// Finds the cgroup2 hierarchy: at <c>/sys/fs/cgroup</c>, at <c>/sys/fs/cgroup/unified</c> beside version 1, or nowhere,
/// and then mounts it for the labs alone.
/// </summary>
internal static class CgroupMount
{
    public static string? Find() => Find(MountTable.OfThisMachine());

    /// <summary>Where it is mounted whole, or null.</summary>
    public static string? Find(IEnumerable<Mount> mounts) => mounts
        .Where(m => m is { FileSystem: "cgroup2", Root: "/" })
        .Select(m => m.Path)
        .MinBy(path => path.StartsWith("/sys/fs/cgroup", StringComparison.Ordinal) ? 0 : 1);

    public static async Task<string> EnsureAsync(LabFolders folders, CancellationToken ct)
    {
        if (Find() is { } path)
            return path;

        var own = Own(folders);
        Directory.CreateDirectory(own);
        await Tool.RunAsync("mount", ["-t", "cgroup2", "cgroup2", own], ct).ConfigureAwait(false);
        return own;
    }

    /// <summary>Takes back what <see cref="EnsureAsync"/> mounted, when the last lab has gone.</summary>
    public static async Task ReleaseAsync(LabFolders folders, CancellationToken ct)
    {
        var own = Own(folders);
        if (Find() != own || Directory.Exists(Path.Combine(own, Cgroup.Parent)))
            return;
        await Tool.RunAsync("umount", [own], ct).ConfigureAwait(false);
        Directory.Delete(own);
    }

    private static string Own(LabFolders folders) => Path.Combine(folders.Run, ".cgroup2");
}
