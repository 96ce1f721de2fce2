using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>A symbolic link.</summary>
/// <param name="Path">Absolute path of the link itself.</param>
/// <example>
/// <code>
/// host.Add(new Symlink("/etc/nginx/sites-enabled/www") { Target = "../sites-available/www" });
/// </code>
/// </example>
public sealed record Symlink(string Path) : Resource<FileState>
{
    /// <summary>Where it points, as written into the link; a relative one starts at the link's folder. Required unless <see cref="Absent"/>.</summary>
    public string? Target { get; init; }

    /// <summary>There shall be no link. A file or folder in its place is an error.</summary>
    public bool Absent { get; init; }

    /// <inheritdoc/>
    public override string Kind => "symlink";

    /// <inheritdoc/>
    public override string Name => Path;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => [Provision.Path(Path)];

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs => Provision.FoldersAbove(Path);

    /// <inheritdoc/>
    public override Query<FileState> Query => PathQuestion.Ask(Path);

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(FileState state, DiffContext context)
    {
        if (state.Kind is PathKind.Directory or PathKind.Other || (state.Kind == PathKind.File && Absent))
        {
            throw new ConvergeException($"{Path} is no symlink, but {(state.Kind == PathKind.File ? "a file" : "a folder or device")}", "Choose another path, or remove it first.");
        }

        if (!Absent)
        {
            state.RequireFolder(Path, context);
        }

        var found = state.Kind switch
        {
            PathKind.Missing => null,
            PathKind.Symlink => state.Target,
            _ => $"a file of {ContentChange.Size(state.Size)}",
        };
        return (Absent ? null : Target) == found ? [] : [new Change("target", found, Absent ? null : Target) { Steps = Steps() }];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes() =>
    [
        .. AbsolutePath.Mistakes(Path),
        .. (Absent, Target) switch
        {
            (true, not null) => ["it has a Target and is Absent: give one of them"],
            (false, null or "") => ["it has no Target: say where it points"],
            (false, _) when Target.Contains('\0') => ["its Target has a NUL character, which no path can have"],
            _ => Array.Empty<string>(),
        },
    ];

    /// <summary>Two that point to the same target are one.</summary>
    public override Resource? MergeWith(Resource other) =>
        other is Symlink link && link.Absent == Absent && link.Target == Target ? this with { After = [.. After.Union(link.After)] } : null;

    // A link cannot be changed in place: a new one is made beside it and renamed over it, so that the name always leads somewhere.
    private Step[] Steps() => Absent
        ? [new RunProgram("rm", ["-f", Path]) { Replaces = Path }]
        : [new RunProgram("ln", ["-sfn", "--", Target!, Path + ".converge-new"]) { UndoneBy = new RunProgram("rm", ["-f", Path + ".converge-new"]) }, new RunProgram("mv", ["-fT", Path + ".converge-new", Path]) { Replaces = Path }];
}
