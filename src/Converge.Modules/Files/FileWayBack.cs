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
        if [ -e "$1" ] || [ -L "$1" ]; then cp -a -- "$1" old; else rm -rf old; fi
        """;

    // Beside the path and then renamed, so that nobody ever sees half of it.
    private const string PutBack = """
        if [ -e old ] || [ -L old ]; then
          new=${1%/*}/.${1##*/}.converge.way-back-of-file
          rm -f -- "$new"
          cp -a -- old "$new" && mv -T -f -- "$new" "$1"
        else
          rm -f -- "$1"
        fi
        """;
}
