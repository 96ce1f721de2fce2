using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Converge.Core.Tests.Sessions;

/// <summary>Looks after processes that steps have started on this machine.</summary>
internal static class Processes
{
    /// <summary>By the shell's own kill: a small machine has no other.</summary>
    public static void Signal(string signal, string process) => Ssh.SshServer.Run("sh", "-c", "kill \"-$1\" \"$2\"", "sh", signal, process);

    /// <summary>Waits for a file that holds a process id.</summary>
    public static async Task<int> ReadPidAsync(string path)
    {
        await UntilAsync(() => File.Exists(path), TimeSpan.FromSeconds(20));
        return int.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }

    /// <summary>A process that has ended but was not waited for counts as ended.</summary>
    public static bool IsRunning(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    public static List<int> ChildrenOf(int pid)
    {
        var children = new List<int>();
        foreach (var folder in Directory.GetDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])))
        {
            try
            {
                var stat = File.ReadAllText($"{folder}/stat");
                if (stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{pid}")
                {
                    children.Add(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
                }
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return children;
    }

    public static async Task AssertEndsAsync(int pid, TimeSpan within)
    {
        await UntilAsync(() => !IsRunning(pid), within);
        Assert.False(IsRunning(pid), $"process {pid} still runs");
    }

    public static async Task UntilAsync(Func<bool> condition, TimeSpan within)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(start) < within)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
