namespace Converge.Modules;

/// <summary>A systemd unit that a package brings.</summary>
/// <param name="Unit">With its suffix: <c>haproxy.service</c>.</param>
public sealed record BroughtUnit(string Unit) : Brought(Provision.Unit(Unit))
{
    /// <summary>The package enables it. Default: as Debian's packages do.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The package starts it. Default: as Debian's packages do.</summary>
    public bool Running { get; init; } = true;

    /// <summary>It is started only where this file is there already. Null: always.</summary>
    public string? RunsWith { get; init; }

    /// <summary>It can reload.</summary>
    public bool CanReload { get; init; } = true;
}
