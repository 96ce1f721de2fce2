using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>An exclusive lock between processes; the kernel lets go of it when its holder dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<IDisposable> AcquireAsync(string path, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                // FileShare.None is flock(2) with LOCK_EX | LOCK_NB on Linux.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(Pause, ct).ConfigureAwait(false);
            }
        }
    }
}
