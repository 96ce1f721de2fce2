using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>Removes whatever a lab put on this machine. It looks for names, not for records, since a crash may have left any part of it.</summary>
internal static class LabTeardown
{
    /// <summary>The labs that have left any trace on this machine, up or not.</summary>
    public static IReadOnlyList<string> Traces(LabFolders folders)
    {
        var cgroups = CgroupMount.Find() is { } mount ? Path.Combine(mount, Cgroup.Parent) : null;
        var names = ((string?[])[folders.Run, folders.Disks, cgroups])
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetDirectories(folder!).Select(p => Path.GetFileName(p)!))
            .Concat(IpCommand.Namespaces().Where(n => n.StartsWith("lab.", StringComparison.Ordinal)).Select(n => n.Split('.')[1]));
        return [.. names.Where(n => !n.StartsWith('.')).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Removes processes, network, disks and files of a lab, in this order. Does nothing where there is none.</summary>
    public static async Task RemoveAsync(LabPaths paths, TimeProvider time, CancellationToken ct)
    {
        await RemoveHostsAsync(paths.Lab, time, ct).ConfigureAwait(false);
        await RemoveNetworkAsync(paths.Lab, ct).ConfigureAwait(false);
        await Disk.DeleteAsync(paths.Disks, ct).ConfigureAwait(false);
        await Disk.DeleteAsync(paths.Run, ct).ConfigureAwait(false);
        await CgroupMount.ReleaseAsync(paths.Folders, ct).ConfigureAwait(false);
        RemoveIfEmpty(paths.Folders.Disks);
        RemoveIfEmpty(paths.Folders.Run);
    }

    private static async Task RemoveHostsAsync(string lab, TimeProvider time, CancellationToken ct)
    {
        if (CgroupMount.Find() is not { } mount)
            return;
        var cgroup = Cgroup.OfLab(mount, lab);
        await cgroup.KillAsync(time, ct).ConfigureAwait(false);
        cgroup.Remove();
        RemoveIfEmptyCgroup(Path.Combine(mount, Cgroup.Parent));
    }

    private static async Task RemoveNetworkAsync(string lab, CancellationToken ct)
    {
        await IpCommand.DeleteLinkAsync(null, LabNames.Link(lab), ct).ConfigureAwait(false);
        foreach (var name in IpCommand.Namespaces().Where(n => LabNames.IsNamespaceOf(lab, n)).ToList())
            await IpCommand.DeleteNamespaceAsync(name, ct).ConfigureAwait(false);
    }

    private static void RemoveIfEmptyCgroup(string path)
    {
        if (Directory.Exists(path) && Directory.GetDirectories(path).Length == 0)
            Directory.Delete(path);
    }

    private static void RemoveIfEmpty(string path)
    {
        try
        {
            if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
                Directory.Delete(path);
        }
        catch (IOException)
        {
            // Another lab moved in at this moment.
        }
    }
}
