using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>Runs a program where a guard says that it is needed. For what no other resource describes; keeps its place in the script.</summary>
/// <remarks>The guard is what makes it a state: <see cref="Creates"/> or <see cref="Unless"/> is required, and must be satisfied once the program has run.</remarks>
/// <param name="Title">What it is for, in a few words; unique on its host.</param>
/// <example>
/// <code>
/// host.Add(new Command("make DH parameters")
/// {
///     Program = "openssl",
///     Arguments = ["dhparam", "-out", "/etc/ssl/dh.pem", "2048"],
///     Creates = "/etc/ssl/dh.pem",
/// });
/// </code>
/// </example>
public sealed partial record Command(string Title) : Resource<CommandState>
{
    /// <summary>Name looked up in the system's PATH, or an absolute path.</summary>
    public required string Program { get; init; }

    /// <summary>No shell sees them. Never secrets: other users of the host can read them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Guard: not needed where this absolute path exists.</summary>
    public string? Creates { get; init; }

    /// <summary>Guard: a program with its arguments that only looks; not needed where it exits with 0. Also run by plans.</summary>
    public IReadOnlyList<string>? Unless { get; init; }

    /// <summary>The user who runs it, and the guard. Null: root.</summary>
    public string? User { get; init; }

    /// <summary>Folder in which it runs, and the guard. Null: <c>/</c>.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Additional environment; never secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Standard input; may hold secrets. Null: empty.</summary>
    public Content? Input { get; init; }

    /// <summary>How long it may take before it is killed. Default: 10 minutes.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// For a command that may cut us off from the host: how the host puts back what was, unless a new connection confirms it in time. Null: it cannot.
    /// </summary>
    public WayBack? WayBack { get; init; }

    /// <summary>What it does to what is running. Default: nothing.</summary>
    public Impact Impact { get; init; }

    /// <inheritdoc/>
    public override string Kind => "command";

    /// <inheritdoc/>
    public override string Name => Title;

    /// <inheritdoc/>
    public override Placement Placement => Placement.AsDeclared;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => Creates is null ? [] : [Provision.Path(Creates)];

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs => User is null ? [] : [Provision.User(User)];

    /// <inheritdoc/>
    public override Query<CommandState> Query => GuardQuestion.Ask(this);

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(CommandState state, DiffContext context)
    {
        if (state.Satisfied)
        {
            return [];
        }

        // A guard that is not there yet says nothing.
        return state.GuardExitCode is 126 or 127 && context.PendingHere.Any()
            ? [Change.DecidedAfter("run", "done", context.PendingHere.Last().ToString())]
            : [new Change("run", "needed", "done", Impact) { Reason = Reason(state), Steps = [Run()], WayBack = WayBack }];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes()
    {
        if (Title.Trim().Length == 0)
        {
            yield return "its title is empty: say in a few words what it is for";
        }

        if (Program.Length == 0 || Unless is [] or ["", ..])
        {
            yield return "the name of a program is empty";
        }

        if (Creates is null && Unless is null)
        {
            yield return "nothing says when it is needed: give Creates, a path that it makes, or Unless, a program that only looks and exits with 0 when there is nothing to do";
        }

        foreach (var mistake in new[] { Creates, WorkingDirectory }.OfType<string>().SelectMany(AbsolutePath.Mistakes))
        {
            yield return mistake;
        }

        foreach (var name in Environment.Keys.Where(name => !VariableName().IsMatch(name)))
        {
            yield return $"\"{name}\" cannot be the name of an environment variable";
        }

        if (Arguments.Concat(Unless ?? []).Concat(Environment.Values).Any(SecretMask.IsIn))
        {
            yield return "a secret is among its arguments or in its environment, where other users of the host could read it: pass it by Input";
        }
    }

    private RunProgram Run() => new(Program, Arguments)
    {
        User = User,
        WorkingDirectory = WorkingDirectory,
        Environment = Environment,
        Input = Input,
        Deadline = Deadline,
    };

    private string Reason(CommandState state) => Unless is null
        ? $"{Creates} is not there"
        : $"{string.Join(' ', Unless.Select(ShellQuote.ForReading))} ended with exit code {state.GuardExitCode}";

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex VariableName();
}

/// <summary>What the guard of a command says.</summary>
/// <param name="Satisfied">The command is not needed.</param>
public sealed record CommandState(bool Satisfied)
{
    /// <summary>That of <see cref="Command.Unless"/>; 0 when it was not run.</summary>
    public int GuardExitCode { get; init; }
}
