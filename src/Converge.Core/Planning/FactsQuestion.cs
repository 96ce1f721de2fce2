using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Converge.Planning;

/// <summary>What every host is asked first: what it is.</summary>
public static class FactsQuestion
{
    /// <summary>Asks for all facts at once; one <c>key=value</c> line each, and the lines of <c>ip -o addr</c>. With few programs to start: each costs more than all reading.</summary>
    public static Question<HostFacts> Question { get; } = new("facts", """
        if [ -r /etc/os-release ]; then . /etc/os-release; fi
        printf 'distribution=%s\nversion=%s\ncodename=%s\n' "${ID-}" "${VERSION_ID-}" "${VERSION_CODENAME-}"
        kernel=/proc/sys/kernel
        if ! { read -r name <$kernel/hostname && read -r release <$kernel/osrelease && read -r machine <$kernel/arch; } 2>/dev/null; then
          set -- $(uname -nrm)
          name=$1 release=$2 machine=$3
        fi
        printf 'hostname=%s\nkernel=%s\narchitecture=%s\n' "$name" "$release" "$machine"
        if [ -d /run/systemd/system ]; then echo init=systemd; else read -r init </proc/1/comm; printf 'init=%s\n' "$init"; fi
        for manager in apt-get dnf apk zypper pacman; do
          if command -v "$manager" >/dev/null 2>&1; then printf 'packages=%s\n' "${manager%-get}"; break; fi
        done
        while read -r key value _; do
          if [ "$key" = MemTotal: ]; then printf 'memory-kib=%s\n' "$value"; break; fi
        done </proc/meminfo
        cpus=/sys/devices/system/cpu/online
        if ! { read -r online <$cpus; } 2>/dev/null; then online=0-$(($(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1) - 1)); fi
        printf 'processors=%s\n' "$online"
        if read -r boot </proc/sys/kernel/random/boot_id; then printf 'boot=%s\n' "$boot"; fi
        printf 'ssh=%s\n' "${SSH_CONNECTION-}"
        if command -v ip >/dev/null 2>&1; then exec ip -o addr show; fi
        """, Read);

    private static HostFacts Read(Answer answer)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var addresses = new List<(string Interface, string Address)>();
        foreach (var line in answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // 2: eth0    inet 10.77.0.11/24 brd 10.77.0.255 scope global eth0\       valid_lft forever preferred_lft forever
            var words = line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
            if (words is [[.., ':'], var name, "inet" or "inet6", var address, ..])
            {
                addresses.Add((name.Split('@')[0], address));
            }

            if (words is [[.., ':'], ..])
            {
                continue;
            }

            var (key, value) = line.Split('=', 2) is [var k, var v] ? (k, v) : throw new ProbeException($"facts: a line that is no key=value: {line}");
            values[key] = value;
        }

        var ssh = values.GetValueOrDefault("ssh", "").Split(' ');
        return new HostFacts
        {
            Distribution = values.GetValueOrDefault("distribution", ""),
            Version = values.GetValueOrDefault("version", ""),
            Codename = values.GetValueOrDefault("codename", ""),
            Kernel = values.GetValueOrDefault("kernel", ""),
            Architecture = values.GetValueOrDefault("architecture", ""),
            HostName = values.GetValueOrDefault("hostname", ""),
            Init = values.GetValueOrDefault("init", ""),
            PackageManager = values.GetValueOrDefault("packages", ""),
            MemoryBytes = 1024 * Number(values, "memory-kib"),
            Processors = Processors(values.GetValueOrDefault("processors", "")),
            BootId = values.GetValueOrDefault("boot", ""),
            ControllerAddress = ssh is [var client, _, _, _] ? client : "",
            SshPort = ssh is [_, _, _, var port] ? int.Parse(port, CultureInfo.InvariantCulture) : 0,
            Interfaces = [.. addresses.GroupBy(a => a.Interface).Select(g => new NetworkInterface(g.Key, [.. g.Select(a => a.Address)]))],
        };
    }

    // "0-3,6": a list of ranges.
    private static int Processors(string online) => online.Split(',', StringSplitOptions.RemoveEmptyEntries).Sum(range => range.Split('-') is [var from, var to]
        ? int.Parse(to, CultureInfo.InvariantCulture) - int.Parse(from, CultureInfo.InvariantCulture) + 1
        : 1);

    private static long Number(Dictionary<string, string> values, string key) =>
        long.TryParse(values.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
