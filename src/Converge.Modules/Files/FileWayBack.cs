using System.Linq;

namespace Converge.Modules;

/// <summary>How a file, and the daemon that reads it, become again what they were.</summary>
internal static class FileWayBack
{
    public static WayBack? Of(string path, CutOff? cutOff) => cutOff is null ? null : new WayBack(
        $"file {path}",
        $"set -- {ShellQuote.Word(path)}\n{Keep}",
        $"set -- {ShellQuote.Word(path)}\n{PutBack}\n{string.Join(' ', cutOff.TakeIn.Arguments.Prepend(cutOff.TakeIn.Program).Select(ShellQuote.Word))}")
    {
        Patience = cutOff.Patience,
        Settling = cutOff.Settling,
        UntilTakenIn = true,
    };

    private const string Keep = """
        if [ -e "$1" ] || [ -L "$1" ]; then cp -a -- "$1" old && stat -c '%i %Z' -- "$1" >was; else rm -rf old was; fi
        """;

    // A file that was never replaced, since its check refused the new one, is left alone, and with it the daemon. Else beside the path and then
    // renamed, so that nobody ever sees half of it.
    private const string PutBack = """
        is=$(stat -c '%i %Z' -- "$1" 2>/dev/null)
        was=
        [ ! -e was ] || read -r was <was
        if [ "$is" = "$was" ]; then exit 0; fi
        if [ -e old ] || [ -L old ]; then
          new=${1%/*}/.${1##*/}.converge.way-back-of-file
          rm -f -- "$new"
          cp -a -- old "$new" && mv -T -f -- "$new" "$1"
        else
          rm -f -- "$1"
        fi
        """;
}
