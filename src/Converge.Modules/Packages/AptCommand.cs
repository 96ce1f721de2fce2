using System;
using System.Collections.Generic;
using System.Globalization;

namespace Converge.Modules;

/// <summary>Commands that change packages: never asking, waiting for whoever holds apt's or dpkg's lock.</summary>
/// <param name="lockWait">For how long at most; whole seconds.</param>
internal sealed class AptCommand(TimeSpan lockWait)
{
    // apt waits for dpkg's lock by itself (DPkg::Lock::Timeout), but then no longer says who held it, and for the lock of its lists it does
    // not wait at all; dpkg never waits. Hence one loop for all three. What they print on standard error comes at the end, so that the last
    // words are those that count.
    //
    // apt installs nothing at all where it does not know one of the packages or versions. Those that it names (in English: the locale is C)
    // are left out and the others tried again at once. Then the command succeeds, so that nothing of the others is skipped: the resource that
    // named what apt does not know is found as it was, and fails with apt's words.
    private const string Script = """
        nl='
        '
        refused() {
          name=${1%%=*}
          case $words$nl in
            *"Unable to locate package $name$nl"* | *"Package '$name' has no installation candidate$nl"* | *"Version '${1#*=}' for '$name' was not found$nl"*) ;;
            *) false ;;
          esac
        }
        left=$1 unknown=; shift
        while :; do
          { words=$("$@" 2>&1 1>&3 3>&-); code=$?; } 3>&1
          if [ "$code" = 0 ]; then break; fi
          case $words in
            *'Could not get lock'* | *'another process'*)
              if [ "$left" -le 0 ]; then break; fi
              if [ $((left % 10)) = 0 ]; then printf 'waiting for at most %s s: %s\n' "$left" "$words"; fi
              left=$((left - 1))
              sleep 1
              continue
              ;;
          esac
          count=$#
          for argument; do
            shift
            refused "$argument" || set -- "$@" "$argument"
          done
          if [ $# = "$count" ]; then break; fi
          unknown=$unknown$words$nl words= code=0
          # What is left begins with the options.
          for argument; do :; done
          case $argument in -*) break ;; esac
        done
        if [ -n "$words" ]; then printf '%s\n' "$words" >&2; fi
        printf %s "$unknown" >&2
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

    public RunProgram Update { get; } = Locked(lockWait, "apt-get", ["update", "-q"], []);

    /// <summary>Finishes what a killed run left unpacked but not configured.</summary>
    public RunProgram Configure { get; } = Locked(lockWait, "dpkg", ["--force-confdef", "--force-confold", "--configure", "-a"], []);

    public RunProgram Install(string package, bool recommended, bool allowDowngrade, bool reinstall) => Locked(
        lockWait,
        "apt-get",
        [
            "install", .. _options, recommended ? "--install-recommends" : "--no-install-recommends",
            .. allowDowngrade ? ["--allow-downgrades"] : Array.Empty<string>(),
            .. reinstall ? ["--reinstall"] : Array.Empty<string>(),
        ],
        [package]);

    public RunProgram Remove(string package, bool purge) => Locked(lockWait, "apt-get", [purge ? "purge" : "remove", .. _options], [package]);

    private static RunProgram Locked(TimeSpan lockWait, string program, IReadOnlyList<string> arguments, IReadOnlyList<string> pooled) =>
        new("sh", ["-c", Script, "sh", lockWait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture), program, .. arguments])
        {
            Pooled = pooled,
            Environment = _environment,
            Deadline = TimeSpan.FromMinutes(25) + lockWait,
            Shown = [program, .. arguments],
        };
}
