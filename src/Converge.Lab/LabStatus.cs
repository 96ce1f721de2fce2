using System.Collections.Generic;
using System.Text.Json;

namespace Converge.Lab;

/// <summary>A lab as it is now: how to reach it and how its hosts are.</summary>
public sealed record LabStatus
{
    public required string Name { get; init; }

    /// <summary>Whether the lab's network and keys exist. Its hosts may still be off, one by one.</summary>
    public required bool Up { get; init; }

    /// <summary>Path of an ssh_config(5) with all hosts. Null when the lab is down, as are all paths.</summary>
    public string? SshConfig { get; init; }

    public string? KnownHosts { get; init; }

    public string? IdentityFile { get; init; }

    /// <summary>Folder of the console logs: <c>hosts/NAME/console.log</c>.</summary>
    public string? RunFolder { get; init; }

    /// <summary>This machine's interface into the lab.</summary>
    public string? Link { get; init; }

    /// <summary>This machine's address among the hosts, with the prefix length.</summary>
    public string? Controller { get; init; }

    public required IReadOnlyList<LabHostStatus> Hosts { get; init; }

    /// <summary>Indented JSON in camelCase, without what is null.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LabJson.Default.LabStatus);
}
