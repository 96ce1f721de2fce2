using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>A systemd unit that runs or not, starts at boot or not, and has taken in the files that it reads.</summary>
/// <remarks>
/// "Needs a restart" is state: what the files held when the service last took them in is recorded under <c>/var/lib/converge/services</c>, so a
/// run that was killed before the restart is finished by the next one. Where nothing is recorded, files that changed after the start count.
/// </remarks>
/// <param name="Unit"><c>nginx</c> means <c>nginx.service</c>; other unit types with their suffix.</param>
/// <example>
/// <code>
/// var config = host.Add(new File("/etc/app.conf") { Content = "port = 8000\n" });
/// host.Add(new Service("app")
/// {
///     Running = true,
///     Enabled = true,
///     RestartOn = [config],
///     Listens = [host.Port(8000)],
/// });
/// </code>
/// </example>
public sealed record Service(string Unit) : Resource<ServiceState>
{
    /// <summary>Null: left as found.</summary>
    public bool? Running { get; init; }

    /// <summary>Starts at boot. Null: left as found.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Cannot be started by anyone or anything. Null: left as found.</summary>
    public bool? Masked { get; init; }

    /// <summary>The unit is restarted when a path that one of these provides changes.</summary>
    public IReadOnlyList<Resource> RestartOn { get; init; } = [];

    /// <summary>The unit is reloaded when a path that one of these provides changes; restarted where it cannot reload.</summary>
    public IReadOnlyList<Resource> ReloadOn { get; init; } = [];

    /// <summary>Ports of this host on which it listens.</summary>
    public IReadOnlyList<Endpoint> Listens { get; init; } = [];

    /// <summary>What it connects to; comes after whatever listens there.</summary>
    public IReadOnlyList<Endpoint> ConnectsTo { get; init; } = [];

    /// <inheritdoc/>
    public override string Kind => "service";

    /// <summary>The unit with its suffix.</summary>
    public override string Name => SystemdName.WithSuffix(Unit);

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => Listens.Select(e => Provision.Port(e.Number, e.Protocol)).Prepend(Provision.Service(Name));

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs =>
        RestartOn.Concat(ReloadOn).SelectMany(r => r.Provides).Where(p => p.Kind == "path").Prepend(Provision.Unit(Name));

    /// <inheritdoc/>
    public override IEnumerable<Connection> Connections(Host host) => ConnectsTo.Select(e => new Connection(host, e));

    /// <inheritdoc/>
    public override Query<ServiceState> Query => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(ServiceState state, DiffContext context) => throw new NotSupportedException();
}
