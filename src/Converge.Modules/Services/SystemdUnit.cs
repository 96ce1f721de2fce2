using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>A unit file, or a drop-in for one, under <c>/etc/systemd/system</c>, taken in by systemd.</summary>
/// <param name="UnitName">Name with its suffix; of a drop-in with the folder: <c>mysql.service.d/limits.conf</c>.</param>
/// <example>
/// <code>
/// var unit = host.Add(new SystemdUnit("app.service")
/// {
///     Content = """
///         [Service]
///         ExecStart=/usr/bin/gunicorn app:app
///         User=app
///
///         [Install]
///         WantedBy=multi-user.target
///
///         """,
/// });
/// host.Add(new Service("app") { Running = true, Enabled = true, RestartOn = [unit] });
/// </code>
/// </example>
public sealed record SystemdUnit(string UnitName) : Resource<SystemdUnitState>
{
    private static readonly string[] _vendorFolders = ["/usr/lib/systemd/system", "/lib/systemd/system"];

    /// <summary>The whole file. Required unless <see cref="Absent"/>.</summary>
    public Content? Content { get; init; }

    /// <summary>There shall be no such file.</summary>
    public bool Absent { get; init; }

    /// <summary><c>/etc/systemd/system/NAME</c>.</summary>
    public string Path => PathOf(UnitName);

    /// <summary>The unit that it defines or adds to.</summary>
    public string Unit => UnitOf(UnitName);

    /// <inheritdoc/>
    public override string Kind => "unit";

    /// <inheritdoc/>
    public override string Name => UnitName;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => [Provision.Unit(Unit), Provision.Path(Path)];

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs => Provision.FoldersAbove(Path).ToList();

    /// <inheritdoc/>
    public override IEnumerable<RenderedFile> Renders => Absent || Content is null ? [] : [new RenderedFile(Path, Content)];

    /// <inheritdoc/>
    public override Query<SystemdUnitState> Query
    {
        get
        {
            var vendor = Converge.Query.All(_vendorFolders.Select(folder => PathQuestion.Ask($"{folder}/{UnitName}")));
            var files = File.Query.And(vendor, (file, others) => new SystemdUnitState(file, false) { VendorHasOne = others.Any(o => o.Kind != PathKind.Missing) });

            // systemd has nothing loaded under the name of a template, and refuses to be asked for one.
            return SystemdName.IsTemplate(Unit) ? files : files.And(UnitQuestion.Ask(Unit), (state, unit) => state with { NeedDaemonReload = unit.NeedDaemonReload });
        }
    }

    private bool IsDropIn => UnitName.Contains('/');

    private File File => new(Path)
    {
        Content = Content,
        Absent = Absent,
        Owner = Absent ? null : "root",
        Group = Absent ? null : "root",
        Mode = Absent ? null : Mode.Octal(Content?.HasSecret == true ? "0600" : "0644"),
    };

    internal FileState? Leaves(FileState found, HostFacts facts) => File.Leaves(found, facts);

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(SystemdUnitState state, DiffContext context)
    {
        // The folder of a drop-in is made along with it.
        var changes = File.Diff(state.File with { FolderMissing = false }, context).ToList();
        var acting = changes.FindIndex(c => c.Steps.Count > 0);
        if (acting < 0)
        {
            return state.NeedDaemonReload
                ? [new Change("loaded", "an older definition", "the one on disk", Impact.Runtime) { Steps = [UnitCommand.DaemonReload] }]
                : [];
        }

        var last = changes.FindLastIndex(c => c.Steps.Count > 0);
        changes[acting] = changes[acting] with { Steps = [.. Before(state), .. changes[acting].Steps] };
        changes[last] = changes[last] with { Steps = [.. changes[last].Steps, UnitCommand.DaemonReload] };
        return changes;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes()
    {
        var parts = UnitName.Split('/');
        if (SystemdName.Mistake(Unit) is { } mistake)
        {
            yield return mistake;
        }
        else if (parts.Length > 2 || (parts.Length == 2) != parts[0].EndsWith(".d", StringComparison.Ordinal) || (parts.Length == 2 && (!parts[1].EndsWith(".conf", StringComparison.Ordinal) || parts[1].Length == 5)))
        {
            yield return "a drop-in is named UNIT.d/NAME.conf, such as mysql.service.d/limits.conf";
        }

        if ((Content is null) != Absent)
        {
            yield return Absent ? "it has Content and is Absent: give one of them" : "it has no Content";
        }

        if (Content is not null)
        {
            foreach (var wrong in UnitText.Mistakes(Content))
            {
                yield return wrong;
            }
        }
    }

    /// <summary>Two with the same content are one.</summary>
    public override Resource? MergeWith(Resource other) =>
        other is SystemdUnit unit && unit.Absent == Absent && Agree.On(Content, unit.Content, out var content)
            ? this with { Content = content, After = [.. After.Union(unit.After)] }
            : null;

    internal static string UnitOf(string unitName) => unitName.Split('/')[0] is var first && first.EndsWith(".d", StringComparison.Ordinal) ? first[..^2] : first;

    internal static string PathOf(string unitName) => $"/etc/systemd/system/{unitName}";

    // A unit that is to go is stopped first, and its links from other units go with it, unless the distribution has one of the same name.
    // A masked one cannot be disabled (1), one that is not loaded not be stopped (5): nothing is left to do then.
    private IEnumerable<Step> Before(SystemdUnitState state) => (Absent, IsDropIn) switch
    {
        (false, true) => [new RunProgram("install", ["-d", "-m", "0755", Path[..Path.LastIndexOf('/')]])],
        (true, false) when !state.VendorHasOne && !SystemdName.IsTemplate(Unit) => [UnitCommand.Plain("disable", Unit) with { SuccessCodes = [0, 1] }, UnitCommand.Plain("stop", Unit) with { SuccessCodes = [0, 5] }],
        _ => [],
    };
}
