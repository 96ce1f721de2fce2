using System;

namespace Converge.Sessions;

/// <summary>How sessions behave, whatever carries them.</summary>
public sealed record SessionOptions
{
    /// <summary>Whether a user other than root becomes root through sudo. Default: yes.</summary>
    public bool RaisePrivilege { get; init; } = true;

    /// <summary>What sudo is told when it asks for a password. Null: sudo must not ask.</summary>
    public Secret? SudoPassword { get; init; }

    /// <summary>From the first packet to a shell that answers. Default: 15 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one question may take before it is stopped. Default: 2 minutes.</summary>
    public TimeSpan QuestionDeadline { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A host that is asked for a sign of life and gives none for this long is given up. Default: 30 seconds.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a host may take to stop its work when a run is cancelled, before the connection is dropped. Default: 10 seconds.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Told the name of a host that is connected, right before its shell is greeted and privilege is raised; from any thread. Null: nobody listens.</summary>
    public Action<string>? Greeting { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
