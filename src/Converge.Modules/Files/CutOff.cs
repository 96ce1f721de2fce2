using System;

namespace Converge.Modules;

/// <summary>How the daemon of a file that may cut us off from its host takes the former file in again.</summary>
/// <param name="TakeIn">What makes it do so, once the former file is back, such as <c>systemctl reload ssh</c>. Must work without anybody connected.</param>
public sealed record CutOff(RunProgram TakeIn)
{
    /// <summary>From the change's first step to the time when it is put back. In whole seconds. Default: 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the change takes to show once it is taken in: a new connection is not tried before. Less than <see cref="Patience"/>. Default: not at all.</summary>
    public TimeSpan Settling { get; init; }

    /// <summary>With the usual times.</summary>
    public static implicit operator CutOff(RunProgram takeIn) => new(takeIn);
}
