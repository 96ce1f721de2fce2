namespace Converge.Lab;

/// <summary>One rehearsal host of a lab.</summary>
public sealed record LabHost
{
    /// <summary>1 to 15 lower-case letters, digits and hyphens; also the host's hostname and its name in ssh_config.</summary>
    public required string Name { get; init; }

    /// <summary>IPv4 address inside the lab's subnet.</summary>
    public required string Address { get; init; }

    /// <summary>Debian suite: bookworm, trixie or sid. Default null: the lab's suite.</summary>
    public string? Suite { get; init; }
}
