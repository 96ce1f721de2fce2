using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>A unit, and the paths that it reads.</summary>
/// <param name="Unit">What systemd says.</param>
/// <param name="Inputs">Each path of <see cref="Service.RestartOn"/> and <see cref="Service.ReloadOn"/>.</param>
public sealed record ServiceState(UnitStatus Unit, IReadOnlyDictionary<string, InputState> Inputs);

/// <summary>A path that a service reads.</summary>
/// <param name="File">What is there.</param>
/// <param name="Folder">The folder that it is in; tells when a missing file went away.</param>
public sealed record InputState(FileState File, FileState Folder);
