using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>Folders full of other users' files.</summary>
internal static class Disk
{
    /// <summary>Deletes a tree, but nothing that is mounted in it.</summary>
    public static async Task DeleteAsync(string path, CancellationToken ct)
    {
        if (Directory.Exists(path))
            await Tool.RunAsync("rm", ["-rf", "--one-file-system", "--", path], ct).ConfigureAwait(false);
    }
}
