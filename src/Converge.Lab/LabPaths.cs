using System;
using System.IO;

namespace Converge.Lab;

/// <summary>The files of one lab. <see cref="LabFile"/> is written last of the lab's own set-up: where it exists, that set-up is complete.</summary>
internal sealed record LabPaths(LabFolders Folders, string Lab)
{
    public string Run => Path.Combine(Folders.Run, Lab);

    public string Disks => Path.Combine(Folders.Disks, Lab);

    public string LabFile => Path.Combine(Run, "lab.json");

    public string SshConfig => Path.Combine(Run, "ssh_config");

    public string KnownHosts => Path.Combine(Run, "known_hosts");

    public string Identity => Path.Combine(Run, "id_ed25519");

    /// <summary>Lies in the folder for such files, and stays: deleting a lock file lets two holders in.</summary>
    public string Lock => $"/run/lock/converge-lab.{Lab}.lock";

    /// <exception cref="LabException">The lab was brought up by another user, whose keys are not ours to read.</exception>
    public void RefuseStranger()
    {
        try
        {
            if (Directory.Exists(Run))
                _ = Directory.GetFiles(Run);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LabException($"Lab {Lab} belongs to another user: {Run} cannot be read. Run this command as root, for example with sudo.", e);
        }
    }

    public string HostKey(string host) => Path.Combine(Run, "host-keys", host);

    public string Console(string host) => Path.Combine(Run, "hosts", host, "console.log");

    public string MountPoint(string host) => Path.Combine(Run, "hosts", host, "root");

    public string Disk(string host) => Path.Combine(Disks, host);
}
