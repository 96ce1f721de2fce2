namespace Converge.Modules;

/// <summary>Has keepalived check a configuration, and puts what its exit codes mean into words.</summary>
internal static class KeepalivedCheck
{
    private const int CheckerCrashed = 75;

    // The exit codes are those of keepalived 2.2.7, 2.3.3 and 2.3.4 as measured: 5 for errors with which it would run, 6 for script security.
    // keepalived(8) says 4 and 5. keepalived 2.2.7 ends itself with SIGTERM where a script has a user other than root (keepalived#2617); the
    // second run has root in its place. keepalived does not read a configuration from a pipe, hence the copy.
    private const string Script = """
        check() {
            keepalived -t -f "$1"
            code=$?
            [ "$code" -gt 128 ]
        }
        if check "$1"; then
            echo "keepalived's checker crashed (signal $((code - 128))), which says nothing about the file; checking again with root as the user of all scripts, because of keepalived#2617." >&2
            copy=$(mktemp /run/converge-keepalived.XXXXXXXX) || exit 1
            trap 'rm -f "$copy"' EXIT
            trap 'exit 143' HUP INT TERM
            sed -E 's/^([[:space:]]*(script_)?user)[[:space:]].*$/\1 root/' "$1" >"$copy" || exit 1
            if check "$copy"; then
                echo "keepalived's checker crashed again (signal $((code - 128))): whether the file is good is not known." >&2
                exit 75
            fi
        fi
        case $code in
            0) ;;
            4 | 5) echo "keepalived would leave out what it does not take in this file, and run with the rest: refused (exit code $code)." >&2 ;;
            6) echo "keepalived would run scripts without script security: refused (exit code $code)." >&2 ;;
            126 | 127) echo "keepalived itself could not be run (exit code $code)." >&2 ;;
            *) echo "keepalived cannot run with this file (exit code $code)." >&2 ;;
        esac
        exit "$code"
        """;

    /// <param name="acceptCrash">A checker that crashes twice does not keep the file out.</param>
    public static Validation Validation(bool acceptCrash) =>
        new("sh", ["-c", Script, "keepalived-check", Converge.Validation.NewFile]) { SuccessCodes = acceptCrash ? [0, CheckerCrashed] : [0] };
}
