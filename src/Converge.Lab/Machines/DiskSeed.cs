using System;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Lab;

/// <summary>The files that make a host out of the image that it shares: name, neighbours, keys.</summary>
internal static class DiskSeed
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Public = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;
    private const UnixFileMode PublicFolder = Public | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // The user ops of the root image.
    private const int Ops = 1000;

    /// <summary>A tar archive with owners and modes, to unpack over an empty disk. Folders here stand for the image's own: same modes.</summary>
    public static byte[] Tar(LabFile file, LabHost host, SeedKeys keys)
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            Folder(tar, "etc", PublicFolder);
            File(tar, "etc/hostname", Public, host.Name + "\n");
            File(tar, "etc/hosts", Public, Hosts(file));
            // An unreachable resolver costs 20 s per lookup; none costs nothing.
            File(tar, "etc/resolv.conf", Public, "");
            // An empty one would be a "first boot" to systemd, which then applies all presets.
            File(tar, "etc/machine-id", Public, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + "\n");
            Folder(tar, "etc/ssh", PublicFolder);
            File(tar, "etc/ssh/ssh_host_ed25519_key", Private, keys.HostPrivate);
            File(tar, "etc/ssh/ssh_host_ed25519_key.pub", Public, keys.HostPublic);
            Folder(tar, "root", PrivateFolder);
            Folder(tar, "root/.ssh", PrivateFolder);
            File(tar, "root/.ssh/authorized_keys", Private, keys.ControllerPublic);
            Folder(tar, "home", PublicFolder);
            Folder(tar, "home/ops", PublicFolder, Ops);
            Folder(tar, "home/ops/.ssh", PrivateFolder, Ops);
            File(tar, "home/ops/.ssh/authorized_keys", Private, keys.ControllerPublic, Ops);
        }

        return archive.ToArray();
    }

    /// <summary>A complete hosts(5): hosts have no resolver.</summary>
    public static string Hosts(LabFile file)
    {
        var controller = file.Controller.Split('/')[0];
        var lines = file.Hosts.Select(h => $"{h.Address}\t{h.Name}");
        return string.Join('\n', ["127.0.0.1\tlocalhost", "::1\tlocalhost ip6-localhost ip6-loopback", $"{controller}\tcontroller", .. lines, ""]);
    }

    private static void Folder(TarWriter tar, string path, UnixFileMode mode, int owner = 0) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, path) { Mode = mode, Uid = owner, Gid = owner });

    private static void File(TarWriter tar, string path, UnixFileMode mode, string text, int owner = 0)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { Mode = mode, Uid = owner, Gid = owner, DataStream = content });
    }
}
