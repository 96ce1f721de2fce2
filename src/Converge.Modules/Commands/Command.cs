using System;
using System.Collections.Generic;

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
public sealed record Command(string Title) : Resource<CommandState>
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
    public override Query<CommandState> Query => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(CommandState state, DiffContext context) => throw new NotSupportedException();
}

/// <summary>What the guard of a command says.</summary>
/// <param name="Satisfied">The command is not needed.</param>
public sealed record CommandState(bool Satisfied);
