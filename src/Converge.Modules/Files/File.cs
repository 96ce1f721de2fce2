using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Converge.Modules;

/// <summary>A regular file with exactly this content, owner and mode; replaced as a whole or not at all.</summary>
/// <remarks>A symbolic link in its place is replaced by the file. What the link pointed at is left alone, and its owner and mode count for nothing.</remarks>
/// <param name="Path">Absolute path.</param>
/// <example>
/// <code>
/// host.Add(new File("/etc/motd")
/// {
///     Content = "Managed by Converge.\n",
///     Mode = Mode.Octal("0644"),
/// });
/// </code>
/// </example>
public sealed record File(string Path) : Resource<FileState>
{
    /// <summary>
    /// The exact bytes. Null: left as found, an empty file where there is none. Plans show the difference line by line where both sides are text
    /// of at most 256 KiB, unless the new one has a secret or only its owner may read the old one.
    /// </summary>
    public Content? Content { get; init; }

    /// <summary>User name or number. Null: left as found, root for a new file.</summary>
    public string? Owner { get; init; }

    /// <summary>Group name or number. Null: left as found, root for a new file.</summary>
    public string? Group { get; init; }

    /// <summary>See <see cref="Modules.Mode.Octal"/>. Null: left as found; 0644 for a new file, 0600 where its content has a secret.</summary>
    public UnixFileMode? Mode { get; init; }

    /// <summary>The file shall not exist.</summary>
    public bool Absent { get; init; }

    /// <summary>Checks new content on the host before it replaces the old. Null: not checked.</summary>
    public Validation? Validation { get; init; }

    /// <summary>What a change of it does to what is running. Default: nothing; services that read it say so themselves (<see cref="Service.ReloadOn"/>).</summary>
    public Impact Impact { get; init; }

    /// <summary>
    /// What a change from the old to the new text does, where it depends on what is in them; pure. Not asked for a new file, or where the old
    /// content is too large to be fetched. Null: always <see cref="Impact"/>.
    /// </summary>
    public Func<string, string, Impact>? ContentImpact { get; init; }

    /// <summary>
    /// For a file that decides whether the host lets us in, of sshd or of the network: what makes its daemon take in the former file again, such as
    /// <c>systemctl reload ssh</c>. Unless a new connection gets in within 30 seconds (<see cref="CutOff.Patience"/>), tried once the services have taken in the new file that name it
    /// in <see cref="Service.ReloadOn"/> or <see cref="Service.RestartOn"/>, the host itself puts the former file back and runs this. Not for a change of
    /// which <see cref="ContentImpact"/> says that it does nothing. Null: it cannot cut us off.
    /// </summary>
    public CutOff? MayCutOff { get; init; }

    /// <inheritdoc/>
    public override string Kind => "file";

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
    public override IEnumerable<RenderedFile> Renders => Absent || Content is null ? [] : [new RenderedFile(Path, Content)];

    /// <inheritdoc/>
    public override Query<FileState> Query => Content is null ? PathQuestion.Ask(Path) : PathQuestion.AskContent(Path, Content);

    private Ownership Ownership => new(Owner, Group, Mode);

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(FileState state, DiffContext context)
    {
        state = BroughtPath.Over(state, Path, context);
        RefuseObstacle(state);
        if (Absent)
        {
            return state.Kind == PathKind.Missing ? [] : [new Change("file", Describe(state), null, Impact) { Steps = [new RunProgram("rm", ["-f", Path]) { Replaces = Path }], WayBack = FileWayBack.Of(Path, MayCutOff) }];
        }

        state.RequireFolder(Path, context);
        return ContentDiff(state, context.Facts) is { } content
            ? [content, .. Ownership.DiffCarried(state, UsualMode).Select(WithImpact)]
            : Ownership.Diff(Path, state).Select(WithImpact);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes() =>
    [
        .. AbsolutePath.Mistakes(Path),
        .. Ownership.Mistakes(),
        .. Content is not null && Absent ? ["it has Content and is Absent: give one of them"] : Array.Empty<string>(),
        .. Content is not null && SecretMask.IsIn(Content) ? [SecretMask.Mistake("Content")] : Array.Empty<string>(),
        .. Validation is not null && !Validation.Arguments.Contains(Validation.NewFile)
            ? ["its Validation never looks at the new file: give Validation.NewFile as one of the arguments"]
            : Array.Empty<string>(),
    ];

    /// <summary>Two that want the same content, owner and mode are one; what one leaves open the other decides.</summary>
    public override Resource? MergeWith(Resource other) =>
        other is File file && file.Absent == Absent && Agree.On(Content, file.Content, out var content) && Agree.On(Owner, file.Owner, out var owner)
        && Agree.On(Group, file.Group, out var group) && Agree.On(Mode, file.Mode, out var mode) && Agree.On(Validation, file.Validation, out var validation)
            ? this with
            {
                Content = content,
                Owner = owner,
                Group = group,
                Mode = mode,
                Validation = validation,
                ContentImpact = ContentImpact ?? file.ContentImpact,
                Impact = (Impact)Math.Max((int)Impact, (int)file.Impact),
                MayCutOff = MayCutOff ?? file.MayCutOff,
                After = [.. After.Union(file.After)],
            }
            : null;

    /// <summary>What will be at the path once this is as described, as far as those who read the file are concerned; null when only the host can tell.</summary>
    /// <param name="found">What is there now.</param>
    /// <param name="facts">Of the host.</param>
    internal FileState? Leaves(FileState found, HostFacts facts)
    {
        if (Absent)
        {
            return FileState.Missing;
        }

        var before = found.Kind == PathKind.File ? found : new FileState(PathKind.File) { Mode = UsualMode, Sha256 = Content.Empty.Sha256(null) };
        return Ownership.Number(Owner, before.Owner, before.OwnerId) is { } owner && Ownership.Number(Group, before.Group, before.GroupId) is { } group
            ? new FileState(PathKind.File) { OwnerId = owner, GroupId = group, Mode = Mode ?? before.Mode, Sha256 = Content?.Sha256(facts) ?? before.Sha256 }
            : null;
    }

    private Change? ContentDiff(FileState state, HostFacts facts)
    {
        if (Content is null)
        {
            return state.Kind == PathKind.Missing ? new Change("content", null, "empty", Impact) { Steps = [Put(Content.Empty)] } : null;
        }

        if (state.Kind == PathKind.File && state.Sha256.Length == 0)
        {
            throw new ProbeException($"{Path} cannot be read", $"Look at it on the host:\n    sha256sum {ShellQuote.ForReading(Path)}");
        }

        return state.Kind == PathKind.File && state.Sha256 == Content.Sha256(facts)
            ? null
            : Judge(state, Content, facts) is { } judged
            ? Changed(state, facts, judged) with { WayBack = judged == Impact.None ? null : FileWayBack.Of(Path, MayCutOff) }
            : Changed(state, facts, Impact) with { WayBack = FileWayBack.Of(Path, MayCutOff) };
    }

    private Change Changed(FileState state, HostFacts facts, Impact impact) => ContentChange.Of(Path, state, Content!, facts, impact) with { Steps = [Put(Content!)] };

    private Impact? Judge(FileState state, Content content, HostFacts facts) =>
        ContentImpact is { } judge && state.Content is { } old
            ? judge(Encoding.UTF8.GetString(old.Span), Encoding.UTF8.GetString(content.Resolve(facts).Span))
            : null;

    private PutFile Put(Content content) => new(Path, content) { Owner = Owner, Group = Group, Mode = Mode, Validation = Validation };

    private UnixFileMode UsualMode => Modules.Mode.Octal(Content?.HasSecret == true ? "0600" : "0644");

    private Change WithImpact(Change change) => change with { Impact = Impact };

    private void RefuseObstacle(FileState state)
    {
        if (state.Kind is PathKind.Directory or PathKind.Other)
        {
            throw new ConvergeException(
                $"{Path} is {Describe(state)}, not a file",
                state.Kind == PathKind.Directory ? "Describe it as a Directory, or remove it first." : "Choose another path, or remove it first.");
        }

        if (state.Kind == PathKind.Symlink && Content is null && !Absent)
        {
            throw new ConvergeException($"{Path} is a {Describe(state)}, not a file", "Describe the file that it points to, or give Content to replace the link by a file.");
        }
    }

    private static string Describe(FileState state) => state.Kind switch
    {
        PathKind.Symlink => $"symlink to {state.Target}",
        PathKind.Directory => "a folder",
        PathKind.Other => "a device, socket or pipe",
        _ when state.ComesWith is { } bringer => $"as {bringer} has it",
        _ => ContentChange.Size(state.Size),
    };
}
