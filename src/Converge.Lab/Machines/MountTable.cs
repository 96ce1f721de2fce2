using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Converge.Lab;

/// <summary>One mount: the part of its file system that is seen (<c>/</c>: all), where, and the file system's type.</summary>
internal sealed record Mount(string Root, string Path, string FileSystem);

/// <summary>What is mounted on this machine.</summary>
internal static class MountTable
{
    public static IReadOnlyList<Mount> OfThisMachine() => Parse(File.ReadLines("/proc/self/mountinfo"));

    /// <summary>Reads mountinfo: optional fields end at a lone hyphen (proc_pid_mountinfo(5)).</summary>
    public static IReadOnlyList<Mount> Parse(IEnumerable<string> lines) =>
    [
        .. lines.Select(line => line.Split(' '))
            .Select(fields => (fields, hyphen: Array.IndexOf(fields, "-")))
            .Where(m => m.hyphen > 5 && m.fields.Length > m.hyphen + 1)
            .Select(m => new Mount(m.fields[3], m.fields[4], m.fields[m.hyphen + 1])),
    ];

    /// <summary>The mount that a path, existing or not, lies on.</summary>
    public static Mount? Holding(this IReadOnlyList<Mount> mounts, string path) => mounts
        .Where(m => m.Path == "/" || path == m.Path || path.StartsWith(m.Path + "/", StringComparison.Ordinal))
        .OrderBy(m => m.Path.Length)
        // Of two mounts at one place, the later covers the earlier.
        .LastOrDefault();
}
