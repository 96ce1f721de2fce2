using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>A folder of the cache that is either complete or absent: built under a lock beside its place, then renamed.</summary>
internal static class CacheEntry
{
    /// <summary>Names an entry after everything that went into it: another recipe is another entry.</summary>
    public static string Name(string suite, IEnumerable<string> recipe)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', recipe)));
        return $"{suite}-{Convert.ToHexStringLower(hash)[..12]}";
    }

    /// <summary>The entry's path; <paramref name="build"/> fills the folder that it is given if there is no such entry yet.</summary>
    public static async Task<string> EnsureAsync(string path, Func<string, Task> build, CancellationToken ct)
    {
        if (Directory.Exists(path))
            return path;

        using var _ = await FileLock.AcquireAsync($"{path}.lock", ct).ConfigureAwait(false);
        if (Directory.Exists(path))
            return path;

        var partial = $"{path}.partial";
        await Disk.DeleteAsync(partial, ct).ConfigureAwait(false);
        Directory.CreateDirectory(partial);
        await build(partial).ConfigureAwait(false);
        Directory.Move(partial, path);
        return path;
    }
}
