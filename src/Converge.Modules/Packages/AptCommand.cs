using System;
using System.Collections.Generic;
using System.Globalization;

namespace Converge.Modules;

/// <summary>Commands that change packages: never asking, waiting for whoever holds apt's or dpkg's lock.</summary>
internal static class AptCommand
{
    private const int LockSeconds = 300;

    // apt waits for dpkg's lock by itself (DPkg::Lock::Timeout), but then no longer says who held it, and for the lock of its lists it does
    // not wait at all; dpkg never waits. Hence one loop for all three. What they print on standard error comes at the end, so that the last
    // words are those that count.
    private const string WaitForLock = """
        left=$1; shift
        while :; do
          { words=$("$@" 2>&1 1>&3 3>&-); code=$?; } 3>&1
          case $words in
            *'Could not get lock'* | *'another process'*) ;;
            *) break ;;
          esac
          if [ "$code" = 0 ] || [ "$left" -le 0 ]; then break; fi
          if [ $((left % 10)) = 0 ]; then printf 'waiting for at most %s s: %s\n' "$left" "$words"; fi
          left=$((left - 1))
          sleep 1
        done
        if [ -n "$words" ]; then printf '%s\n' "$words" >&2; fi
        exit "$code"
        """;

    // needrestart would restart services behind our back, or ask; apt-listchanges and ucf would ask.
    private static readonly Dictionary<string, string> _environment = new()
    {
        ["DEBIAN_FRONTEND"] = "noninteractive",
        ["DEBIAN_PRIORITY"] = "critical",
        ["NEEDRESTART_SUSPEND"] = "1",
        ["NEEDRESTART_MODE"] = "l",
        ["APT_LISTCHANGES_FRONTEND"] = "none",
        ["UCF_FORCE_CONFFOLD"] = "1",
    };

    // Configuration files that somebody changed stay; new defaults are taken only where nobody did.
    private static readonly string[] _options =
        ["-y", "-q", "-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold", "-o", "Dpkg::Use-Pty=0"];

    public static RunProgram Update { get; } = Locked("apt-get", ["update", "-q"], []);

    /// <summary>Finishes what a killed run left unpacked but not configured.</summary>
    public static RunProgram Configure { get; } = Locked("dpkg", ["--force-confdef", "--force-confold", "--configure", "-a"], []);

    public static RunProgram Install(string package, bool recommended, bool allowDowngrade, bool reinstall) => Locked(
        "apt-get",
        [
            "install", .. _options, recommended ? "--install-recommends" : "--no-install-recommends",
            .. allowDowngrade ? ["--allow-downgrades"] : Array.Empty<string>(),
            .. reinstall ? ["--reinstall"] : Array.Empty<string>(),
        ],
        [package]);

    public static RunProgram Remove(string package, bool purge) => Locked("apt-get", [purge ? "purge" : "remove", .. _options], [package]);

    private static RunProgram Locked(string program, IReadOnlyList<string> arguments, IReadOnlyList<string> pooled) =>
        new("sh", ["-c", WaitForLock, "sh", LockSeconds.ToString(CultureInfo.InvariantCulture), program, .. arguments])
        {
            Pooled = pooled,
            Environment = _environment,
            Deadline = TimeSpan.FromMinutes(30),
            Shown = [program, .. arguments],
        };
}
