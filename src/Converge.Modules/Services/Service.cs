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
        SystemdName.Definitions(Name).Select(Provision.Unit).Concat(Watched.Select(Provision.Path));

    /// <inheritdoc/>
    public override IEnumerable<Connection> Connections(Host host) => ConnectsTo.Select(e => new Connection(host, e));

    /// <inheritdoc/>
    public override Query<ServiceState> Query =>
        UnitQuestion.Ask(Name).And(Converge.Query.All(Watched.Select(AskInput)), (unit, inputs) => new ServiceState(unit, inputs.ToDictionary(i => i.Path, i => i.Input)));

    /// <summary>Without <c>.service</c>, as people call it.</summary>
    internal string ShortName => Name.EndsWith(".service", StringComparison.Ordinal) ? Name[..^".service".Length] : Name;

    private IEnumerable<string> Watched => RestartOn.Concat(ReloadOn).SelectMany(Paths).Distinct();

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(ServiceState state, DiffContext context) => new ServiceDiff(this, state.Over(Name, context), context).Changes();

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes()
    {
        if (SystemdName.Mistake(Name) is { } mistake)
        {
            yield return mistake;
        }
        else if (SystemdName.IsTemplate(Name))
        {
            yield return $"{Name} is a template: name an instance, such as {Name.Replace("@.", "@one.", StringComparison.Ordinal)}";
        }

        if (Masked == true && (Running == true || Enabled == true))
        {
            yield return "a masked unit can be neither running nor enabled: leave one of them out";
        }

        foreach (var (property, resource) in RestartOn.Select(r => ("RestartOn", r)).Concat(ReloadOn.Select(r => ("ReloadOn", r))).Where(r => !Paths(r.Item2).Any()))
        {
            yield return $"{property} has {resource}, which puts nothing at a path that could be watched";
        }
    }

    /// <summary>Two that want the same of one unit are one; what one leaves open the other decides.</summary>
    public override Resource? MergeWith(Resource other) =>
        other is Service service && Agree.On(Running, service.Running, out var running) && Agree.On(Enabled, service.Enabled, out var enabled)
        && Agree.On(Masked, service.Masked, out var masked)
            ? this with
            {
                Running = running,
                Enabled = enabled,
                Masked = masked,
                RestartOn = [.. RestartOn.Union(service.RestartOn)],
                ReloadOn = [.. ReloadOn.Union(service.ReloadOn)],
                Listens = [.. Listens.Union(service.Listens)],
                ConnectsTo = [.. ConnectsTo.Union(service.ConnectsTo)],
                After = [.. After.Union(service.After)],
            }
            : null;

    internal static IEnumerable<string> Paths(Resource resource) => resource.Provides.Where(p => p.Kind == "path").Select(p => p.Name);

    private static Query<(string Path, InputState Input)> AskInput(string path)
    {
        var end = path.LastIndexOf('/');
        return PathQuestion.AskHash(path).And(PathQuestion.Ask(end > 0 ? path[..end] : "/"), (file, folder) => (path, new InputState(file, folder)));
    }
}
