using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Compares what a unit has taken in with the files that are there, or will be once what is pending is done.</summary>
internal sealed class StaleInputs(Service service, ServiceState state, DiffContext context)
{
    private readonly UnitStatus _unit = state.Unit;

    /// <summary>The best reason why what the unit took in is not what is, or will be, there; null when it is.</summary>
    public Staleness? Stalest(IReadOnlyList<Resource> resources)
    {
        Staleness? open = null;
        foreach (var (resource, path) in resources.SelectMany(r => Service.Paths(r).Select(path => (r, path))))
        {
            var stale = PendingAt(resource, path) is { } pending ? WillBeStale(resource, path, pending)
                : HasTakenIn(path) ? null
                : new Staleness($"{path} changed since {service.ShortName} last read it", Decided: true);
            if (stale is { Decided: true })
            {
                return stale;
            }

            open ??= stale;
        }

        return open;
    }

    // What is put back to what the unit has taken in, as a hand-made edit that nobody loaded, is no reason for anything.
    private Staleness? WillBeStale(Resource resource, string path, ResourceId pending)
    {
        var changes = new Staleness($"{service.ShortName} reads {path}, which changes", Decided: true);
        if (!state.Inputs.TryGetValue(path, out var input) || _unit.Record[path] is not { } recorded || _unit.StateChangedAt > _unit.RecordedAt)
        {
            return changes;
        }

        var (known, left) = resource switch
        {
            File file => (true, file.Leaves(input.File, context.Facts)),
            SystemdUnit unit => (true, unit.Leaves(input.File, context.Facts)),
            _ => (false, null),
        };
        return !known ? changes
            : left is null ? new Staleness(pending.ToString(), Decided: false)
            : recorded == InputRecord.Fingerprint(left) ? null
            : changes;
    }

    private ResourceId? PendingAt(Resource resource, string path) => context.PendingHere.Where(id =>
        (id.Kind == resource.Kind && id.Name == resource.Name)
        || (id.Kind is "file" or "directory" or "symlink" && id.Name == path)
        || (id.Kind == "unit" && SystemdUnit.PathOf(id.Name) == path)).Select(id => (ResourceId?)id).FirstOrDefault();

    // Where nothing is recorded, what changed after the start was not taken in. The kernel's ctime cannot be set back, so that also a file
    // moved here with an old date counts; in doubt, within one second or with a start in the future of a wrong clock, it was not taken in.
    private bool HasTakenIn(string path)
    {
        if (!state.Inputs.TryGetValue(path, out var input))
        {
            return true;
        }

        if (_unit.Record[path] is { } recorded)
        {
            return recorded == InputRecord.Fingerprint(input.File) && !MayHaveReadAnother(input.File);
        }

        var changed = input.File.Kind == PathKind.Missing ? input.Folder : input.File;
        return changed.Kind == PathKind.Missing || (_unit.StartedAt is { } start && changed.ChangedAt < start && start <= _unit.Now);
    }

    // Edited by hand, reloaded by hand, and put back by us: the file is as recorded again, but the unit holds the edit. So once somebody else had
    // it start or reload, only a file that was there by then is known to be what it took in.
    private bool MayHaveReadAnother(FileState file) =>
        file.Kind != PathKind.Missing && _unit.StateChangedAt is { } change && change > _unit.RecordedAt && file.ChangedAt >= change;
}

/// <summary>Why a unit has to take its files in again.</summary>
/// <param name="Reason">In words; where it is open whether there is one, the resource that decides it.</param>
/// <param name="Decided">False: it may turn out that nothing has to be done.</param>
internal sealed record Staleness(string Reason, bool Decided);
