using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>The root file system that hosts of one suite share, read-only: a small Debian with systemd and sshd, and nothing more.</summary>
internal static class RootImage
{
    // Installed the way a small server is; packages that people expect on one without a thought (ping, sysctl, less).
    private static readonly string[] Packages =
        ["systemd", "systemd-sysv", "dbus", "openssh-server", "iproute2", "iputils-ping", "sudo", "procps", "netbase", "less"];

    // Each hook is run by mmdebstrap with the new root's path as $1.
    private static readonly string[] Hooks =
    [
        "chroot \"$1\" useradd --create-home --shell /bin/bash --uid 1000 ops",
        "echo 'ops ALL=(ALL:ALL) NOPASSWD:ALL' > \"$1/etc/sudoers.d/ops\" && chmod 0440 \"$1/etc/sudoers.d/ops\"",
        // Hosts know one archive, which needs no network: the folder that is bound there.
        $"mkdir -p \"$1{DebRepository.PathOnHosts}\" && echo 'deb [trusted=yes] file:{DebRepository.PathOnHosts} ./' > \"$1/etc/apt/sources.list\"",
        // Proxies of this machine do not concern hosts that reach nothing.
        "rm -f \"$1/etc/apt/apt.conf.d/99mmdebstrap\" \"$1/etc/ssh/\"ssh_host_*",
        // A login prompt that nobody sees; timers that would hold the dpkg lock at an unforeseen moment.
        "for unit in console-getty.service apt-daily.timer apt-daily-upgrade.timer; do ln -s /dev/null \"$1/etc/systemd/system/$unit\"; done",
        // Without these stamps the first boot rebuilds caches that are fresh.
        "touch \"$1/etc/.updated\" \"$1/var/.updated\"",
    ];

    private static readonly string[] Options =
    [
        "--mode=root", "--variant=minbase", "--format=directory", $"--include={string.Join(',', Packages)}",
        // The release file of an archive that stands still, such as a snapshot, is called expired.
        "--aptopt=Acquire::Check-Valid-Until \"false\"",
        "--dpkgopt=path-exclude=/usr/share/man/*", "--dpkgopt=path-exclude=/usr/share/locale/*",
        "--dpkgopt=path-exclude=/usr/share/doc/*", "--dpkgopt=path-include=/usr/share/doc/*/copyright",
        .. Hooks.Select(h => $"--customize-hook={h}"),
    ];

    public static string EntryName(string suite) => CacheEntry.Name(suite, Options);

    /// <summary>The path of the suite's root, which is built first if need be.</summary>
    public static async Task<string> EnsureAsync(string suite, LabFolders folders, IProgress<string>? progress, CancellationToken ct)
    {
        var entry = Path.Combine(folders.Cache, "images", EntryName(suite));
        await CacheEntry.EnsureAsync(entry, folder => BuildAsync(suite, folder, progress, ct), ct).ConfigureAwait(false);
        return Path.Combine(entry, "root");
    }

    private static async Task BuildAsync(string suite, string folder, IProgress<string>? progress, CancellationToken ct)
    {
        var mirror = DebianMirror.OfThisMachine();
        progress?.Report($"{suite}: building the root image from {mirror.Uri} (once; about half a minute)");
        var aptOptions = Path.Combine(folder, "apt.conf");
        await File.WriteAllLinesAsync(aptOptions, await NetworkSettingsAsync(ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        await Tool.RunAsync(
            "mmdebstrap",
            [.. Options, $"--aptopt={aptOptions}", "--quiet", suite, Path.Combine(folder, "root"), mirror.Line(suite)],
            ct).ConfigureAwait(false);
        progress?.Report($"{suite}: root image built");
    }

    // mmdebstrap's apt sees nothing of this machine's configuration: hand it how to reach the archive.
    private static async Task<IEnumerable<string>> NetworkSettingsAsync(CancellationToken ct)
    {
        string[] wanted = ["Acquire::http", "Acquire::Check-", "Acquire::Retries", "Acquire::ForceIPv"];
        var dump = await Tool.RunAsync("apt-config", ["dump"], ct).ConfigureAwait(false);
        return dump.Split('\n').Where(line => wanted.Any(w => line.StartsWith(w, StringComparison.Ordinal)));
    }
}
