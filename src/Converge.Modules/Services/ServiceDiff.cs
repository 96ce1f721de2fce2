using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Decides what has to be done to a unit.</summary>
internal sealed class ServiceDiff(Service wanted, ServiceState state, DiffContext context)
{
    private readonly UnitStatus _unit = state.Unit;
    private readonly StaleInputs _inputs = new(wanted, state, context);

    // A pending unit file of ours tells all that there is to know; a package may or may not start what it brings.
    private bool IsComing => _unit.LoadState == "not-found" && context.PendingHere.Any(id => id.Kind == "unit" && SystemdName.Defines(id.Name, wanted.Name));

    // What is wrong with the definition that is there now may well be right in the one that comes.
    private bool IsDefinedAnew => context.PendingHere.Any(id => id.Kind == "package" || (id.Kind == "unit" && SystemdName.Defines(SystemdUnit.UnitOf(id.Name), wanted.Name)));

    public IEnumerable<Change> Changes()
    {
        if (_unit.LoadState == "not-found" && !IsComing && wanted.Masked != true)
        {
            return NotFound();
        }

        if (!IsDefinedAnew)
        {
            RefuseImpossible();
        }

        var changes = new List<Change>();
        changes.AddRange(Masking());
        changes.AddRange(Enabling());
        changes.AddRange(Running());

        // systemd acts on the definition that it has loaded, not on the one that is on the disk.
        return _unit.NeedDaemonReload && changes.FindIndex(c => c.Steps.Count > 0) is >= 0 and var first
            ? changes.Select((change, i) => i == first ? change with { Steps = [UnitCommand.DaemonReload, .. change.Steps] } : change)
            : changes;
    }

    private IEnumerable<Change> NotFound()
    {
        var wishes = new List<(string Property, bool? Wish)> { ("running", wanted.Running), ("enabled", wanted.Enabled) }.Where(w => w.Wish == true).ToList();
        if (wishes.Count == 0)
        {
            return [];
        }

        return context.PendingHere.Any()
            ? wishes.Select(w => Change.DecidedAfter(w.Property, "yes", Bringer().ToString()))
            : throw new ConvergeException(
                $"the host has no unit {wanted.Name}", "Describe the package that brings it, or the unit itself with SystemdUnit; to see what there is:\n    systemctl list-unit-files");
    }

    // Most likely the package that is called like the unit: mysql-server brings mysql.service.
    private ResourceId Bringer()
    {
        var packages = context.PendingHere.Where(id => id.Kind == "package").ToList();
        return packages.OrderBy(id => id.Name == wanted.ShortName ? 0 : id.Name.Contains(wanted.ShortName, StringComparison.Ordinal) ? 1 : 2).Concat(context.PendingHere.Reverse()).First();
    }

    private void RefuseImpossible()
    {
        if (IsMasked && wanted.Masked is null && (wanted.Running == true || wanted.Enabled == true))
        {
            throw new ConvergeException($"{wanted.Name} is masked: it can be neither started nor enabled", "Set Masked = false if it shall be unmasked.");
        }

        if (_unit.LoadState is "bad-setting" or "error" && wanted.Running == true)
        {
            throw new ConvergeException($"systemd cannot load {wanted.Name} ({_unit.LoadState})", $"To see why, run on the host:\n    systemctl status {wanted.Name}");
        }

        if (wanted.Running == true && _unit.RunsOnce)
        {
            throw new ConvergeException(
                $"{wanted.Name} runs once and ends (Type=oneshot), so it is never found running",
                "Leave Running open and enable it, give the unit RemainAfterExit=yes, or run the program as a Command with a guard.");
        }

        if (wanted.Enabled == true && _unit.UnitFileState is "static" or "indirect" or "generated" or "transient" && wanted.Enabled == true)
        {
            throw new ConvergeException(
                $"{wanted.Name} cannot be enabled: it is {_unit.UnitFileState}{(_unit.UnitFileState == "static" ? ", its file has no [Install] section" : "")}",
                "Leave Enabled open: something else starts it, or nothing can.");
        }
    }

    private bool IsMasked => _unit.LoadState == "masked" || _unit.UnitFileState is "masked" or "masked-runtime";

    private bool Unmasks => IsMasked && wanted.Masked == false;

    private IEnumerable<Change> Masking() => (wanted.Masked, IsMasked) switch
    {
        (true, false) => [new Change("masked", "no", "yes") { Steps = [UnitCommand.Plain("mask", _unit.Id)] }],
        (false, true) => [new Change("masked", "yes", "no") { Steps = [UnitCommand.Plain("unmask", _unit.Id)] }],
        _ => [],
    };

    // What is under the mask is not known before it is off; enabling and disabling are harmless when done twice.
    private IEnumerable<Change> Enabling() => wanted.Enabled switch
    {
        true when Unmasks || _unit.UnitFileState != "enabled" => [new Change("enabled", Unmasks ? "unknown" : Enabled, "yes") { Steps = [UnitCommand.Plain("enable", _unit.Id)] }],
        false when Unmasks || _unit.UnitFileState is "enabled" or "enabled-runtime" or "linked" or "linked-runtime" =>
            [new Change("enabled", Unmasks ? "unknown" : Enabled, "no") { Steps = [UnitCommand.Plain("disable", _unit.Id)] }],
        _ => [],
    };

    private string Enabled => _unit.UnitFileState switch
    {
        "enabled" => "yes",
        "disabled" or "" => "no",
        var other => other,
    };

    private IEnumerable<Change> Running()
    {
        if (wanted.Running == true && !_unit.IsActive)
        {
            var steps = _unit.ActiveState == "failed" || _unit.SubState == "auto-restart" ? new[] { UnitCommand.Plain("reset-failed", _unit.Id) } : [];
            return [new Change("running", Found, "yes", Impact.Runtime) { Steps = [.. steps, UnitCommand.AndWatch("start", wanted.Name), .. Record()] }];
        }

        if (wanted.Running == false)
        {
            return _unit.ActiveState is "inactive" or "failed" ? [] : [new Change("running", Found, "no", Impact.Restart) { Steps = [UnitCommand.Plain("stop", wanted.Name)] }];
        }

        return _unit.IsActive ? TakingIn() : [];
    }

    private string Found => _unit.ActiveState switch
    {
        "active" => "yes",
        "inactive" => "no",
        "activating" when _unit.SubState == "auto-restart" => "no, it keeps ending and is restarted",
        var other => $"no, {other}",
    };

    // A restart takes in everything, so it makes a reload needless.
    private IEnumerable<Change> TakingIn()
    {
        var restart = _inputs.Stalest(wanted.RestartOn);
        var reload = _inputs.Stalest(wanted.ReloadOn);
        if (restart is { Decided: true })
        {
            return [Again("restart", restart.Reason, Impact.Restart)];
        }

        // While it is open whether there has to be a restart, it is open whether a reload is of any use.
        if (restart is not null)
        {
            return [Change.DecidedAfter("restart", "done", restart.Reason) with { Impact = Impact.Restart }];
        }

        return reload switch
        {
            null => [],
            { Decided: false } => [Change.DecidedAfter(_unit.CanReload ? "reload" : "restart", "done", reload.Reason) with { Impact = _unit.CanReload ? Impact.Reload : Impact.Restart }],
            _ when _unit.CanReload => [Again("reload", reload.Reason, Impact.Reload)],
            _ => [Again("restart", $"{reload.Reason}; it cannot reload", Impact.Restart)],
        };
    }

    private Change Again(string verb, string reason, Impact impact) =>
        new(verb, "needed", "done", impact) { Reason = reason, Steps = [UnitCommand.AndWatch(verb, wanted.Name), .. Record()] };

    private IEnumerable<Step> Record() =>
        state.Inputs.Count == 0 ? [] : UnitCommand.Record(wanted.Name, state.Inputs.Aggregate(InputRecord.Empty, (record, input) => record.With(input.Key, input.Value.File)));
}
