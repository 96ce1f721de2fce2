using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Applying;

/// <summary>
/// Keeps, on the host, what steps replace, and turns steps around. What was kept is root's alone, as the files themselves may hold secrets.
/// </summary>
internal sealed class UndoSteps(string run)
{
    private const string Parent = "/var/lib/converge/undo";

    // The first old state of a path is the one to go back to. Copies of a run that was killed are of no use to anybody.
    private const string KeepScript = """
        umask 077
        mkdir -p "$1" || exit
        for other in "${1%/*}"/*; do [ "$other" = "$1" ] || rm -rf -- "$other"; done
        [ ! -e "$1/$2.kept" ] || exit 0
        if [ -e "$3" ] || [ -L "$3" ]; then cp -a -- "$3" "$1/$2.old" || exit; fi
        : >"$1/$2.kept"
        """;

    // Beside the path and then renamed, so that nobody ever sees half of it. A step that never ran has kept nothing.
    private const string PutBackScript = """
        [ -e "$1/$2.kept" ] || exit 0
        if [ -e "$1/$2.old" ] || [ -L "$1/$2.old" ]; then
          rm -f -- "$3.converge-undo"
          cp -a -- "$1/$2.old" "$3.converge-undo" && mv -T -f -- "$3.converge-undo" "$3"
        else
          rm -f -- "$3"
        fi
        """;

    private readonly string _folder = $"{Parent}/{run}";

    /// <summary>What to do before a step, so that it can be undone; null: nothing.</summary>
    public Step? Keep(Step step) => step.Replaces is { } path ? Script(KeepScript, path, $"keep {path}") : null;

    /// <summary>
    /// Undoes resources: first what has an opposite, last done first; then the files; then what takes them in, in the order in which it was done;
    /// at the end our own notes of that, which are to be newer than it.
    /// </summary>
    public IReadOnlyList<Step> Undo(IEnumerable<NodeRun> nodes)
    {
        var steps = nodes.SelectMany(n => n.Result!.Changes).SelectMany(c => c.Steps).ToList();
        var replaced = Enumerable.Reverse(steps).Select(s => s.Replaces).OfType<string>().Distinct().ToList();
        return
        [
            .. Enumerable.Reverse(steps).OfType<RunProgram>().Select(s => s.UndoneBy).OfType<RunProgram>(),
            .. replaced.Where(path => !IsNote(path)).Select(PutBack),
            .. steps.OfType<RunProgram>().Where(s => s.AgainOnUndo),
            .. replaced.Where(IsNote).SelectMany(path => new[] { PutBack(path), new RunProgram("touch", ["-c", "--", path]) }),
        ];
    }

    /// <summary>Drops what was kept.</summary>
    public Step Forget => new RunProgram("rm", ["-rf", "--", _folder]);

    /// <summary>Some of what the changes do stays done, whatever is undone.</summary>
    public static bool CannotUndo(IEnumerable<Change> changes) =>
        changes.Any(c => c.Impact == Impact.Data || c.Steps.Any(s => s.Replaces is null && s is RunProgram { UndoneBy: null, AgainOnUndo: false }));

    private static bool IsNote(string path) => path.StartsWith("/var/lib/converge/", StringComparison.Ordinal);

    private RunProgram PutBack(string path) => Script(PutBackScript, path, $"put back {path}");

    private RunProgram Script(string text, string path, string shown) =>
        new("sh", ["-c", text, "sh", _folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..32], path]) { Shown = shown.Split(' ', 2) };
}
