using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Bench.Measuring;

/// <summary>The most threads and memory that a process had while it was watched.</summary>
internal sealed record ProcessPeak(int Threads, double MegaBytes)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs a command, and looks at it in /proc every 20 ms.</summary>
    public static async Task<ProcessPeak> OfAsync(ShellCommand command, CancellationToken ct)
    {
        var peak = new ProcessPeak(0, 0);
        var watching = Task.CompletedTask;
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await CommandTimer.RunAsync(command, ct, process => watching = WatchAsync(process.Id)).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return peak;

        async Task WatchAsync(int process)
        {
            while (true)
            {
                peak = Read(process) is { } now ? new ProcessPeak(Math.Max(peak.Threads, now.Threads), Math.Max(peak.MegaBytes, now.MegaBytes)) : peak;
                await Task.Delay(Pause, done.Token).ConfigureAwait(false);
            }
        }
    }

    // VmHWM is the kernel's own high-water mark, so that nothing between two looks is missed.
    private static ProcessPeak? Read(int process)
    {
        try
        {
            var fields = File.ReadAllLines($"/proc/{process}/status").Select(l => l.Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim().Split(' ')[0]);
            return fields.TryGetValue("VmHWM", out var kibibytes)
                ? new ProcessPeak(int.Parse(fields["Threads"]), double.Parse(kibibytes) / 1024)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
