using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Converge;

/// <summary>One thing that is done to a host. There are two: run a program, put a file. Nothing else reaches a host.</summary>
public abstract record Step
{
    private protected Step()
    {
    }

    /// <summary>How long it may take before it is killed. Default: 10 minutes.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The path whose file or link it replaces or removes: put back when the step is undone. Null: none.</summary>
    public virtual string? Replaces { get; init; }

    /// <summary>What messages and verbose plans show; secrets masked.</summary>
    public abstract string Describe();
}

/// <summary>Runs a program with an argument list; no shell sees the arguments.</summary>
/// <param name="Program">Name looked up in the system's PATH, or an absolute path.</param>
/// <param name="Arguments">Never secrets: other users of the host can read them.</param>
public sealed record RunProgram(string Program, IReadOnlyList<string> Arguments) : Step
{
    /// <summary>Standard input; may hold secrets. Null: empty.</summary>
    public Content? Input { get; init; }

    /// <summary>Additional environment; never secrets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Exit codes that mean success. Default: 0.</summary>
    public IReadOnlyList<int> SuccessCodes { get; init; } = [0];

    /// <summary>The user who runs it. Null: root.</summary>
    public string? User { get; init; }

    /// <summary>Folder in which it runs. Null: <c>/</c>.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// Arguments that may be pooled: steps of one wave on one host that are equal but for these run once, with all of them at the end of the
    /// argument list (packages go into one transaction). Null: never pooled; empty: equal steps of a wave run once.
    /// </summary>
    public IReadOnlyList<string>? Pooled { get; init; }

    /// <summary>What messages show in place of the program and its arguments, where these are a fixed shell text around a command. Null: these.</summary>
    public IReadOnlyList<string>? Shown { get; init; }

    /// <summary>What undoes it: stop for start. Null: nothing does, or <see cref="AgainOnUndo"/>.</summary>
    public RunProgram? UndoneBy { get; init; }

    /// <summary>Undone by running it once more when the replaced files are back: a reload, a restart. Also what nobody minds, such as a folder of ours.</summary>
    public bool AgainOnUndo { get; init; }

    /// <inheritdoc/>
    public override string Describe() =>
        string.Join(' ', (Shown ?? [Program, .. Arguments]).Concat(Pooled ?? []).Select(ShellQuote.ForReading));
}

/// <summary>
/// Puts a file in place as a whole or not at all: temporary file in the same folder, owner and mode set before the content is there to be read,
/// validated, synced, renamed. A symbolic link in its place is replaced, not followed.
/// </summary>
public sealed record PutFile(string Path, Content Content) : Step
{
    /// <summary>Null: that of the file being replaced, else root.</summary>
    public string? Owner { get; init; }

    /// <summary>Null: that of the file being replaced, else root.</summary>
    public string? Group { get; init; }

    /// <summary>Null: that of the file being replaced, else 0644, or 0600 where the content has a secret.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>Checks the new file before it replaces the old one. Null: not checked.</summary>
    public Validation? Validation { get; init; }

    /// <inheritdoc/>
    public override string? Replaces { get; init; } = Path;

    /// <inheritdoc/>
    public override string Describe() => $"put {Path}";
}

/// <summary>A daemon's own checker, run on the target against the new file before it replaces the old one.</summary>
/// <param name="Program">Such as <c>haproxy</c>.</param>
/// <param name="Arguments"><see cref="NewFile"/> stands for the path of the new file.</param>
public sealed record Validation(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The argument that is replaced by the path of the new file.</summary>
    public const string NewFile = "{new file}";

    /// <summary>Exit codes that mean that the file is good. Default: 0.</summary>
    public IReadOnlyList<int> SuccessCodes { get; init; } = [0];
}
