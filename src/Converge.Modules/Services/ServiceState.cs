using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>A unit, and the paths that it reads.</summary>
/// <param name="Unit">What systemd says.</param>
/// <param name="Inputs">Each path of <see cref="Service.RestartOn"/> and <see cref="Service.ReloadOn"/>.</param>
public sealed record ServiceState(UnitStatus Unit, IReadOnlyDictionary<string, InputState> Inputs)
{
    /// <summary>
    /// The unit that a plan goes by: this one, or the one that a pending package is known to bring. That one starts after all that is there now,
    /// and what an earlier one took in is no record of it.
    /// </summary>
    internal ServiceState Over(string unit, DiffContext context) =>
        Unit.LoadState == "not-found" && context.Brought<BroughtUnit>(Provision.Unit(unit)) is var (_, brought)
            ? this with
            {
                Unit = Unit with
                {
                    LoadState = "loaded",
                    ActiveState = Starts(brought) ? "active" : "inactive",
                    SubState = Starts(brought) ? "running" : "dead",
                    UnitFileState = brought.Enabled ? "enabled" : "disabled",
                    CanReload = brought.CanReload,
                    StartedAt = Unit.Now,
                    Record = InputRecord.Empty,
                    RecordedAt = null,
                },
            }
            : this;

    private bool Starts(BroughtUnit brought) => brought.Running && (brought.RunsWith is not { } path || (Inputs.TryGetValue(path, out var input) && input.File.Kind != PathKind.Missing));
}

/// <summary>A path that a service reads.</summary>
/// <param name="File">What is there.</param>
/// <param name="Folder">The folder that it is in; tells when a missing file went away.</param>
public sealed record InputState(FileState File, FileState Folder);
