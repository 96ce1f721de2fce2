using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Converge.Sessions.Shell;

/// <summary>Turns the items of an exchange into the text that a host runs. The only place that does; see <c>Remote/job.sh</c> for what it calls.</summary>
internal static partial class RequestWriter
{
    // Descriptor 9 is the lock of the host: a daemon that a step starts must not keep it.
    private const string Sealed = "</dev/null 9>&-";

    public static Request Write(IReadOnlyList<ExchangeItem> items, TimeSpan questionDeadline, string nonce)
    {
        var text = new StringBuilder(RemoteText.Job);
        if (items.Any(i => i is StepItem { Step: PutFile }))
        {
            text.Append(RemoteText.Put);
        }

        var bundles = FileBundle.Among(items);
        var bundleOf = bundles.SelectMany(b => b.Indices.Select(i => (Index: i, Bundle: b))).ToDictionary(p => p.Index, p => p.Bundle);
        if (bundles.Count > 0)
        {
            text.Append(RemoteText.Together);
        }

        for (var i = 0; i < items.Count; i++)
        {
            var bundle = bundleOf.GetValueOrDefault(i);
            if (bundle?.First == i)
            {
                text.Append(Together(bundle, (StepItem)items[i]));
            }

            text.Append(items[i] switch
            {
                QuestionItem question => Question(i, question, questionDeadline),
                StepItem step => Step(i, step, bundle),
                LockItem => Lock(i),
                var other => throw new ArgumentException($"no way to send a {other.GetType().Name}", nameof(items)),
            });
        }

        var single = items.Select((item, i) => (Index: i, Step: item as StepItem)).Where(b => NeedsBody(b.Step) && !bundleOf.ContainsKey(b.Index));
        return new Request(nonce, [.. bundles.Select(b => (b.First, b.Archive)), .. single.Select(b => (b.Index, b.Step!.Payload))], RemoveBodies(items) + text)
        {
            Lock = items.OfType<LockItem>().SingleOrDefault(),
        };
    }

    private static bool NeedsBody(StepItem? item) => item is { Step: PutFile } or { Payload.Length: > 0 };

    // Written in front: the end of the job removes what was staged for it, before it says that it has ended.
    private static string RemoveBodies(IReadOnlyList<ExchangeItem> items) =>
        items.Any(i => NeedsBody(i as StepItem)) ? "unstage() { rm -f -- \"$dir\"/blob.* \"$big\"/blob.*; }\n" : "unstage() { :; }\n";

    // eval keeps a text that does not parse from taking the items behind it along.
    private static string Question(int index, QuestionItem item, TimeSpan deadline) => $"""
        begin {index} {Seconds(deadline)}
        ( set --{Words(item.Arguments)}
        eval {ShellQuote.Word(item.Question.Script)} ) {Sealed}
        finish $?

        """;

    // The session's shell has taken the lock, or not, and left word.
    private static string Lock(int index) => $"""
        begin {index} 60
        ( read -r code; while read -r line; do printf '%s\n' "$line"; done; [ "$code" = 0 ] || exit "$code"
        {WayBackScript.TakeAll} ) <"$dir/lock" 9>&-
        finish $?

        """;

    private static string Step(int index, StepItem item, FileBundle? bundle)
    {
        var group = item.Group.ToString(CultureInfo.InvariantCulture);
        var (body, codes) = item.Step switch
        {
            RunProgram run => (Run(index, run, item.Payload.Length), run.SuccessCodes),
            PutFile put => (Put(index, put, item.Payload.Length, bundle), [0]),
            var other => throw new ArgumentException($"no way to do a {other.GetType().Name}", nameof(item)),
        };
        // A file that is in place already is not called skipped, whatever has come in between.
        var unplaced = bundle is null ? "" : $"[ -z \"$placed_{bundle.First}\" ] && ";
        return $"""
            if {unplaced}skips "$failed_{group}"; then mark skip {index}; else
            begin {index} {Seconds(item.Step.Deadline)}
            {body}
            finish $?
            case $rc in {Codes(codes)}) ;; *) failed_{group}=1 ;; esac
            [ "$late" ] && failed_{group}=1
            fi

            """;
    }

    private static string Run(int index, RunProgram run, int size)
    {
        var text = new StringBuilder("( ");
        if (run.WorkingDirectory is { } folder)
        {
            text.Append(CultureInfo.InvariantCulture, $"cd -- {ShellQuote.Word(folder)} || exit 126\n");
        }

        foreach (var (name, value) in run.Environment)
        {
            text.Append(CultureInfo.InvariantCulture, $"export {VariableNamed(name)}={ShellQuote.Word(value)}\n");
        }

        var input = size > 0 ? " <\"$blob\"" : "";
        var user = run.User is { } name2 ? $"runuser -u {ShellQuote.Word(name2)} -- " : "";
        text.Append(size > 0 ? $"staged {index} {size}\n" : "");
        text.Append(CultureInfo.InvariantCulture, $"exec {user}{Program(run.Program)}{Words(run.Arguments.Concat(run.Pooled ?? []))}{input} ) {Sealed}");
        return text.ToString();
    }

    private static string Put(int index, PutFile put, int size, FileBundle? bundle)
    {
        if (!put.Path.StartsWith('/'))
        {
            throw new ConvergeException($"{put.Path} is not an absolute path", "Begin the path of a file on a host with a slash.");
        }

        return $"""
            {(bundle is null ? "" : $"[ \"$placed_{bundle.First}\" ] || ")}( number={bundle?.First ?? index} from={bundle?.PositionOf(index)} size={size} path={ShellQuote.Word(put.Path)}
            {Rights(put)}
            {Check(put.Validation)}
            put ) {Sealed}
            """;
    }

    // Runs on the first file's time, and before it: what it says is nobody's answer, since each file that is not in place afterwards is put by itself.
    private static string Together(FileBundle bundle, StepItem first) => $"""
        placed_{bundle.First}=
        if ! skips ""; then
        begin {bundle.First} {Seconds(first.Step.Deadline)}
        ( number={bundle.First} size={bundle.Archive.Length} folder={ShellQuote.Word(bundle.Folder)}
        {Rights((PutFile)first.Step)}
        set --{Words(bundle.Names)}
        together "$@" ) {Sealed} >/dev/null && placed_{bundle.First}=yes
        : >"$dir/stderr" >"$dir/late"
        fi

        """;

    private static string Rights(PutFile put) =>
        $"owner={ShellQuote.Word(put.Owner ?? "")} group={ShellQuote.Word(put.Group ?? "")} mode={(put.Mode is { } mode ? Octal(mode) : "")} fresh={(put.Content.HasSecret ? "0600" : "0644")}";

    private static string Check(Validation? validation) => validation is null
        ? "check() { :; }"
        : $"""
            check() {"{"}
            ( exec {Program(validation.Program)}{string.Concat(validation.Arguments.Select(NewFileWord))} ) >&2
            verdict=$?
            case $verdict in {Codes(validation.SuccessCodes)}) return 0 ;; 0) return 1 ;; *) return "$verdict" ;; esac
            {"}"}
            """;

    private static string NewFileWord(string argument) => " " + (argument.Length == 0
        ? ShellQuote.Word("")
        : string.Join("\"$new\"", argument.Split(Validation.NewFile).Select(part => part.Length == 0 ? "" : ShellQuote.Word(part))));

    // exec, so that no function or builtin of the shell can stand in for the program; hence also no leading dash.
    private static string Program(string program) => program.Length == 0 || program[0] == '-'
        ? throw new ConvergeException($"'{program}' is not a program", "Give the name of a program or its absolute path.")
        : ShellQuote.Word(program);

    private static string Words(IEnumerable<string> words) => string.Concat(words.Select(w => " " + ShellQuote.Word(w)));

    private static string Codes(IReadOnlyList<int> codes) => codes.Count == 0 ? "none" : string.Join('|', codes);

    private static string Seconds(TimeSpan deadline) => Math.Max(1, (long)Math.Ceiling(deadline.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8);

    private static string VariableNamed(string name) => VariableName().IsMatch(name)
        ? name
        : throw new ConvergeException($"'{name}' cannot be the name of an environment variable", "Use letters, digits and underscores.");

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex VariableName();
}
