using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Acceptance.Running;

/// <summary>
/// Keeps test runs on this machine from taking each other's labs, which have the same names. <c>./test</c> removes what is left of such a lab
/// when nobody holds this.
/// </summary>
internal static class LabTurn
{
    private const string Path = "/run/lock/converge-lab-tests.lock";

    /// <summary>Waits until it is this run's turn; dispose to let the next one.</summary>
    public static async Task<FileStream> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(Path))
            {
                await Task.Delay(50, ct);
            }
        }
    }
}
