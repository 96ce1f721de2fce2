using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Converge.Modules;

/// <summary>A folder with this owner and mode; folders above it are made where they are missing.</summary>
/// <param name="Path">Absolute path, without a slash at its end.</param>
/// <example>
/// <code>
/// host.Add(new Directory("/srv/app") { Owner = "app", Group = "app", Mode = Mode.Octal("0750") });
/// </code>
/// </example>
public sealed record Directory(string Path) : Resource<FileState>
{
    /// <summary>User name or number. Null: left as found, root for a new folder.</summary>
    public string? Owner { get; init; }

    /// <summary>Group name or number. Null: left as found, root for a new folder.</summary>
    public string? Group { get; init; }

    /// <summary>See <see cref="Modules.Mode.Octal"/>. Null: left as found, 0755 for a new folder.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>The folder shall not exist. One that is not empty is an error unless <see cref="WithContents"/>.</summary>
    public bool Absent { get; init; }

    /// <summary>An absent folder goes with all that is in it. Default: only an empty folder is removed.</summary>
    public bool WithContents { get; init; }

    /// <inheritdoc/>
    public override string Kind => "directory";

    /// <inheritdoc/>
    public override string Name => Path;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => [Provision.Path(Path)];

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs =>
        Provision.FoldersAbove(Path)
            .Concat(Owner is null ? [] : [Provision.User(Owner)])
            .Concat(Group is null ? [] : [Provision.Group(Group)]);

    /// <inheritdoc/>
    public override Query<FileState> Query => PathQuestion.Ask(Path);

    private Ownership Ownership => new(Owner, Group, Mode);

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(FileState state, DiffContext context)
    {
        state = BroughtPath.Over(state, Path, context);
        if (state.Kind is not (PathKind.Missing or PathKind.Directory))
        {
            throw new ConvergeException(
                $"{Path} is {(state.Kind == PathKind.Symlink ? $"a symlink to {state.Target}" : "a file")}, not a folder",
                $"Choose another path, or remove it first:\n    rm {ShellQuote.ForReading(Path)}");
        }

        return (Absent, state.Kind) switch
        {
            (true, PathKind.Missing) => [],
            (true, _) => [new Change("directory", WithContents ? "a folder with all that is in it" : "an empty folder", null, WithContents ? Impact.Data : Impact.None) { Steps = [Remove()] }],
            (false, PathKind.Missing) => [new Change("directory", null, "a folder") { Steps = [.. Make()] }, .. Ownership.DiffCarried(state, Modules.Mode.Octal("0755"))],
            _ => Ownership.Diff(Path, state),
        };
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes() =>
    [
        .. AbsolutePath.Mistakes(Path),
        .. Ownership.Mistakes(),
        .. WithContents && !Absent ? ["WithContents says what Absent removes; it is not Absent"] : Array.Empty<string>(),
    ];

    /// <summary>Two that want the same owner and mode are one; what one leaves open the other decides.</summary>
    public override Resource? MergeWith(Resource other) =>
        other is Directory folder && folder.Absent == Absent && folder.WithContents == WithContents && Agree.On(Owner, folder.Owner, out var owner)
        && Agree.On(Group, folder.Group, out var group) && Agree.On(Mode, folder.Mode, out var mode)
            ? this with { Owner = owner, Group = group, Mode = mode, After = [.. After.Union(folder.After)] }
            : null;

    // Root's own until its owner is set: there is no moment at which it is there with more rights than it shall have. Not install -d, which tells
    // of a read-only or full disk that the new folder does not exist.
    private IEnumerable<Step> Make()
    {
        // With up to four digits the set-group-id bit of the folder above is inherited all the same; the fifth makes a mode mean what it says.
        yield return new RunProgram("mkdir", ["-m", Mode is { } mode ? "0" + Modules.Mode.Digits(mode) : "00755", Path]);
        if (Owner is not null || Group is not null)
        {
            yield return new RunProgram("chown", [Group is null ? Owner! : $"{Owner}:{Group}", Path]);
        }
    }

    private RunProgram Remove() => WithContents ? new("rm", ["-rf", "--one-file-system", Path]) : new("rmdir", [Path]);
}
