using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Measuring;

namespace Converge.Bench.Report;

/// <summary>Where and with what it was measured.</summary>
/// <param name="Machine">Processors, memory, kernel.</param>
/// <param name="Versions">Name and version of each program.</param>
/// <param name="Commit">Of this repository, marked when the work tree differs from it.</param>
internal sealed record MachineFacts(string Machine, IReadOnlyList<(string Name, string Version)> Versions, string Commit)
{
    public static async Task<MachineFacts> ReadAsync(CancellationToken ct)
    {
        var model = File.ReadLines("/proc/cpuinfo").Where(l => l.StartsWith("model name", StringComparison.Ordinal)).Select(l => l.Split(':')[1].Trim()).FirstOrDefault("unknown processor");
        var memory = long.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024 / 1024;
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        return new MachineFacts(
            $"{Environment.ProcessorCount} processors ({model}), {memory} GiB of memory, Linux {kernel}",
            [
                (".NET", RuntimeInformation.FrameworkDescription),
                ("OpenSSH", await SaysAsync(new ShellCommand("ssh", ["-V"]), ct).ConfigureAwait(false)),
                ("Ansible", await SaysAsync(new ShellCommand("ansible", ["--version"]), ct).ConfigureAwait(false)),
                ("Mitogen", await SaysAsync(new ShellCommand("dpkg-query", ["-W", "-f", "${Version}\n", "ansible-mitogen"]), ct).ConfigureAwait(false)),
            ],
            await SaysAsync(new ShellCommand("git", ["describe", "--always", "--dirty", "--abbrev=10"]), ct).ConfigureAwait(false));
    }

    // What is not installed is no reason to have no report.
    private static async Task<string> SaysAsync(ShellCommand command, CancellationToken ct)
    {
        try
        {
            var outcome = await CommandTimer.RunAsync(command, ct).ConfigureAwait(false);
            return (outcome.Output + outcome.Error).Split('\n')[0].Trim();
        }
        catch (BenchException)
        {
            return "not here";
        }
    }
}
