namespace Converge;

/// <summary>What arms, confirms and takes the way back, on the host.</summary>
internal static class WayBackScript
{
    /// <summary>A folder for each way back; in memory, like what it is about: a machine that is started anew has no timer left.</summary>
    public const string Folder = "/run/converge-way-back";

    /// <summary>
    /// Arguments: verb, name; to arm also seconds, the text that keeps and the text that puts back. Whoever renames the file <c>armed</c> has decided:
    /// the timer or the confirmation. It has the number of the shell that armed, so that the sleeper of an earlier arming finds nothing to do.
    /// </summary>
    public const string Text = $$"""
        umask 077
        verb=$1 seconds=${3-} keep=${4-} putback=${5-}
        key=$(printf %s "$2" | cksum)
        key=${key%% *}
        d={{Folder}}/$key unit=converge-way-back-$key
        quiet() { "$@" >/dev/null 2>&1; }
        stop() { quiet systemctl stop "$unit.timer"; }
        case $verb in
          arm)
            # What a run kept that was killed before it was confirmed is still what was.
            if [ ! -e "$d/kept" ]; then
              rm -rf "$d" && mkdir -p "$d" && cd "$d" && sh -c "$keep" && : >kept || exit 1
            fi
            cd "$d" || exit 1
            stop
            rm -f armed.*
            printf '%s\n' "$putback" >putback
            printf 'mv "%s" "%s" 2>/dev/null || exit 0\ncd "%s"\nsh ./putback >log 2>&1\nrm -f firing kept\n' "$d/armed.$$" "$d/firing" "$d" >fire
            : >"armed.$$"
            if [ -d /run/systemd/system ] && quiet systemd-run --collect --unit="$unit" --on-active="$seconds" --timer-property=AccuracySec=100ms /bin/sh "$d/fire"; then exit 0; fi
            detach=
            if quiet command -v setsid; then detach=setsid; fi
            $detach sh -c 'sleep "$1"; exec sh "$2"' sh "$seconds" "$d/fire" >/dev/null 2>&1 &
            ;;
          confirm)
            if ! mv "$d"/armed.* "$d/confirmed" 2>/dev/null; then
              cat "$d/log" 2>/dev/null
              exit 1
            fi
            stop
            rm -rf "$d"
            ;;
          now)
            [ ! -e "$d/fire" ] || sh "$d/fire"
            stop
            cat "$d/log" 2>/dev/null
            rm -rf "$d"
            ;;
          await)
            while [ -e "$d"/armed.* ] || [ -e "$d/firing" ]; do sleep 0.3; done
            cat "$d/log" 2>/dev/null
            rm -rf "$d"
            ;;
        esac
        """;

    /// <summary>
    /// Takes every way back that a run left open when it was killed. For whoever has just taken the host's lock, so that nobody is there any more
    /// to confirm, and before anything is asked: what is asked is then what stays.
    /// </summary>
    public const string TakeAll = $$"""
        for fire in {{Folder}}/*/fire; do
        [ -e "$fire" ] || continue
        way=${fire%/fire} turns=0
        sh "$fire"
        while [ -e "$way/firing" ] && [ "$turns" -lt 100 ]; do turns=$((turns + 1)); sleep 0.1; done
        rm -rf "$way"
        done
        """;
}
