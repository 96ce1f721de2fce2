using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>The keys of a lab and the files that bring ssh and its relatives to the hosts.</summary>
internal static class SshAccess
{
    /// <summary>Makes the controller's key pair and every host's, and writes ssh_config and known_hosts.</summary>
    public static async Task CreateAsync(LabFile file, LabPaths paths, CancellationToken ct)
    {
        await GenerateAsync(paths.Identity, $"lab {file.Name}", ct).ConfigureAwait(false);
        await Task.WhenAll(file.Hosts.Select(h => GenerateAsync(paths.HostKey(h.Name), h.Name, ct))).ConfigureAwait(false);
        await File.WriteAllTextAsync(paths.SshConfig, Config(file, paths), ct).ConfigureAwait(false);
        var keys = file.Hosts.ToDictionary(h => h.Name, h => File.ReadAllText(paths.HostKey(h.Name) + ".pub"));
        await File.WriteAllTextAsync(paths.KnownHosts, KnownHosts(file, keys), ct).ConfigureAwait(false);
        await HandOverAsync(paths, ct).ConfigureAwait(false);
    }

    /// <summary>ssh_config(5) for the hosts of a lab. Nothing of the user's own configuration is needed or asked.</summary>
    public static string Config(LabFile file, LabPaths paths)
    {
        var text = new StringBuilder($"# Lab {file.Name}, written by converge lab.\n");
        foreach (var host in file.Hosts)
        {
            text.Append('\n').Append(string.Join('\n',
            [
                $"Host {host.Name}",
                $"    HostName {host.Address}",
                "    Port 22",
                $"    User {file.User}",
                $"    IdentityFile {paths.Identity}",
                "    IdentitiesOnly yes",
                $"    UserKnownHostsFile {paths.KnownHosts}",
                "    StrictHostKeyChecking yes",
            ])).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>known_hosts lines, each under the host's name and its address.</summary>
    public static string KnownHosts(LabFile file, IReadOnlyDictionary<string, string> publicKeys) =>
        string.Concat(file.Hosts.Select(h => $"{h.Name},{h.Address} {WithoutComment(publicKeys[h.Name])}\n"));

    // Who ran sudo goes on as himself, with ssh or converge, and must be able to read the key.
    private static async Task HandOverAsync(LabPaths paths, CancellationToken ct)
    {
        if (uint.TryParse(Environment.GetEnvironmentVariable("SUDO_UID"), out var user))
            await Tool.RunAsync("chown", ["-R", $"{user}", paths.Run], ct).ConfigureAwait(false);
    }

    private static string WithoutComment(string publicKey) => string.Join(' ', publicKey.Trim().Split(' ').Take(2));

    private static async Task GenerateAsync(string path, string comment, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await Tool.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path], ct).ConfigureAwait(false);
    }
}
