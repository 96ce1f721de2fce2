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
    /// <summary>The whole file. Required unless <see cref="Absent"/>.</summary>
    public Content? Content { get; init; }

    /// <summary>There shall be no such file.</summary>
    public bool Absent { get; init; }

    /// <summary><c>/etc/systemd/system/NAME</c>.</summary>
    public string Path => $"/etc/systemd/system/{UnitName}";

    /// <summary>The unit that it defines or adds to.</summary>
    public string Unit => UnitName.Split('/')[0] is var first && first.EndsWith(".d", StringComparison.Ordinal) ? first[..^2] : first;

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
    public override Query<SystemdUnitState> Query => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(SystemdUnitState state, DiffContext context) => throw new NotSupportedException();
}
