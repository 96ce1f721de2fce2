using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.NetworkInformation;

namespace Converge.Lab.Tests;

/// <summary>Looks for anything of a lab on this machine, without asking the code under test where it puts things.</summary>
internal static class LabTraces
{
    public static IReadOnlyList<string> Of(string lab) =>
    [
        .. Processes(lab),
        .. NetworkInterface.GetAllNetworkInterfaces().Where(i => i.Name == $"cl-{lab}").Select(i => $"interface {i.Name}"),
        .. Files("/run/netns").Where(f => f == $"lab.{lab}" || f.StartsWith($"lab.{lab}.", StringComparison.Ordinal)).Select(f => $"namespace {f}"),
        .. File.ReadLines("/proc/self/mountinfo").Where(l => l.Contains($"/{lab}/", StringComparison.Ordinal) || l.Contains($"lab.{lab}", StringComparison.Ordinal)),
        .. Directory.EnumerateDirectories("/sys/fs/cgroup", "converge-lab", Shallow).Select(p => Path.Combine(p, lab)).Where(Directory.Exists),
        .. ((string[])[$"/run/converge-lab/{lab}", $"/var/lib/converge-lab/{lab}"]).Where(Directory.Exists),
        .. Files("/run/systemd/nspawn/propagate").Where(f => f.StartsWith($"{lab}-", StringComparison.Ordinal)),
    ];

    private static EnumerationOptions Shallow => new() { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true };

    // A host's processes are recognised by their cgroup, its supervisor by its arguments too.
    private static IEnumerable<string> Processes(string lab)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])))
        {
            string text;
            try
            {
                var arguments = File.ReadAllText($"{process}/cmdline").Replace('\0', ' ');
                // One that ended and waits for its parent has none, and holds nothing.
                if (arguments.Length == 0)
                    continue;
                text = arguments + File.ReadAllText($"{process}/cgroup");
            }
            catch (IOException)
            {
                continue;
            }

            if (text.Contains($"/converge-lab/{lab}/", StringComparison.Ordinal))
                yield return $"process {Path.GetFileName(process)}: {text}";
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p)) : [];
}
