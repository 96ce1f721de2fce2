using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>What a lab needs of this machine: root, a Debian relative, and a few programs.</summary>
public static class LabTools
{
    private const string Keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    // Another apt may run at this moment: unattended-upgrades after a boot takes minutes.
    private static readonly string[] AptGet = ["apt-get", "-o", "DPkg::Lock::Timeout=300"];

    private static readonly (string Program, string Package)[] Programs =
    [
        ("mmdebstrap", "mmdebstrap"),
        ("systemd-nspawn", "systemd-container"),
        ("apt-ftparchive", "apt-utils"),
        ("ip", "iproute2"),
        ("mount", "mount"),
        ("nsenter", "util-linux"),
        ("setsid", "util-linux"),
        ("unshare", "util-linux"),
        ("ssh-keygen", "openssh-client"),
        ("tar", "tar"),
    ];

    /// <summary>The Debian packages that are missing here; empty when all is there.</summary>
    public static IReadOnlyList<string> MissingPackages() => [.. MissingPrograms().Select(p => p.Package).Distinct()];

    /// <summary>Why this process cannot run a lab, with the remedy; null when it can.</summary>
    public static string? WhyNot()
    {
        if (ToolPath.Find("apt-get") is null)
            return "A lab needs Debian or a relative of it: this machine has no apt-get.";
        if (MissingPrograms() is { Count: > 0 } missing)
            return $"A lab needs {string.Join(", ", missing.Select(m => m.Program))}. As root, run:\n    {InstallCommand()}";
        if (!Environment.IsPrivilegedProcess)
            return "A lab makes network namespaces and mounts: run this command as root, for example with sudo.";
        if (!Capabilities.Suffice(File.ReadLines("/proc/self/status")))
            return "A lab makes network namespaces and mounts, and this root may not, as in an unprivileged container. Run it on a machine, or in a privileged container.";
        return null;
    }

    /// <summary>Refuses to go on where a lab cannot run.</summary>
    /// <exception cref="LabException">Something is missing; the message names it and the command that installs it.</exception>
    public static void Require()
    {
        if (WhyNot() is { } reason)
            throw new LabException(reason);
    }

    /// <summary>Installs the missing Debian packages, as root or through sudo; does nothing when none is missing.</summary>
    /// <exception cref="LabException">apt failed, or this process is neither root nor able to become it.</exception>
    public static async Task InstallMissingAsync(IProgress<string>? progress = null, CancellationToken ct = default)
    {
        var packages = MissingPackages();
        if (packages.Count == 0)
            return;

        progress?.Report($"installing {string.Join(", ", packages)}");
        await Tool.RunAsync(AsRoot([.. AptGet, "update"]), ct).ConfigureAwait(false);
        await Tool.RunAsync(AsRoot([.. AptGet, "install", "-y", "--no-install-recommends", .. packages]), ct).ConfigureAwait(false);
    }

    private static string InstallCommand() => $"apt-get install -y --no-install-recommends {string.Join(' ', MissingPackages())}";

    private static List<(string Program, string Package)> MissingPrograms()
    {
        var missing = Programs.Where(p => ToolPath.Find(p.Program) is null).ToList();
        if (!File.Exists(Keyring))
            missing.Add((Keyring, "debian-archive-keyring"));
        return missing;
    }

    private static ToolCall AsRoot(params string[] command) => Environment.IsPrivilegedProcess
        ? new ToolCall(command[0], command[1..])
        : new ToolCall("sudo", ["env", "DEBIAN_FRONTEND=noninteractive", .. command]);
}
