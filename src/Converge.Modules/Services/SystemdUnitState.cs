namespace Converge.Modules;

/// <summary>A unit file, and whether systemd has taken it in.</summary>
/// <param name="File">The file itself.</param>
/// <param name="NeedDaemonReload">The file on disk is not what systemd has loaded.</param>
public sealed record SystemdUnitState(FileState File, bool NeedDaemonReload)
{
    /// <summary>The distribution brings a unit file of the same name.</summary>
    public bool VendorHasOne { get; init; }
}
