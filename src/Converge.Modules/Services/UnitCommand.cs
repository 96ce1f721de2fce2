using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>Commands that change what a unit does.</summary>
internal static class UnitCommand
{
    // systemctl start returns as soon as a Type=simple program was forked, also when it dies a moment later; a reload by signal returns before
    // the program has read anything. So these are watched for a second, others, which say when they are ready, are looked at once. What the
    // unit wrote in the meantime is the best explanation there is, hence the journal.
    private const string Watched = """
        verb=$1 unit=$2
        since=$(date +%s)
        explain() {
          journalctl --sync 2>/dev/null
          journalctl -q --no-pager -o cat -n 15 --since "@$since" -u "$unit" 2>/dev/null
        }
        systemctl "$verb" -- "$unit" || { code=$?; explain >&2; exit "$code"; }
        type=$(systemctl show -p Type --value -- "$unit")
        case $type in
          oneshot) exit 0 ;;
          simple | exec | idle) left=5 ;;
          *) left=0 ;;
        esac
        restarts= up=yes
        while :; do
          case $(systemctl is-active -- "$unit") in
            active | reloading | refreshing) ;;
            *) up=no; break ;;
          esac
          if [ "$left" -le 0 ]; then break; fi
          now=$(systemctl show -p NRestarts --value -- "$unit")
          restarts=${restarts:-$now}
          if [ "$now" != "$restarts" ]; then up=no; break; fi
          left=$((left - 1))
          sleep 0.2
        done
        if [ "$up" = no ]; then
          printf '%s did not stay up after: systemctl %s %s\n' "$unit" "$verb" "$unit" >&2
          systemctl show -p ActiveState -p SubState -p Result -p ExecMainStatus -- "$unit" >&2
          explain >&2
          exit 1
        fi
        """;

    public static RunProgram DaemonReload { get; } = new("systemctl", ["daemon-reload"]) { AgainOnUndo = true };

    /// <summary>Start, restart or reload; fails with the unit's last words when it does not stay up.</summary>
    public static RunProgram AndWatch(string verb, string unit) => new("sh", ["-c", Watched, "sh", verb, unit])
    {
        Shown = ["systemctl", verb, unit],
        AgainOnUndo = verb is "reload" or "restart",
        UndoneBy = verb == "start" ? Plain("stop", unit) : null,
    };

    public static RunProgram Plain(string verb, string unit) => Systemctl(verb, unit) with
    {
        AgainOnUndo = verb == "reset-failed",
        UndoneBy = Opposite(verb) is { } opposite ? Systemctl(opposite, unit) : null,
    };

    private static RunProgram Systemctl(string verb, string unit) => new("systemctl", [verb, "--", unit]) { Shown = ["systemctl", verb, unit] };

    private static string? Opposite(string verb) => verb switch
    {
        "stop" => "start",
        "enable" => "disable",
        "disable" => "enable",
        "mask" => "unmask",
        "unmask" => "mask",
        _ => null,
    };

    /// <summary>Writes down what the unit has taken in.</summary>
    public static IEnumerable<Step> Record(string unit, InputRecord record) =>
    [
        new RunProgram("install", ["-d", "-m", "0755", InputRecord.Folder]) { AgainOnUndo = true },
        new PutFile(InputRecord.PathOf(unit), Content.Text(record.ToString())) { Owner = "root", Group = "root", Mode = Mode.Octal("0644") },
    ];
}
