using System;
using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>A kernel parameter: its live value, and the file that sets it at boot.</summary>
/// <param name="Key">As <c>sysctl</c> writes it: <c>net.ipv4.ip_nonlocal_bind</c>.</param>
/// <example>
/// <code>
/// host.Add(new Sysctl("net.ipv4.ip_nonlocal_bind") { Value = "1" });
/// </code>
/// </example>
public sealed record Sysctl(string Key) : Resource<SysctlState>
{
    /// <summary>The value as text; several numbers are separated by blanks.</summary>
    public required string Value { get; init; }

    /// <inheritdoc/>
    public override string Kind => "sysctl";

    /// <inheritdoc/>
    public override string Name => Key;

    /// <inheritdoc/>
    public override Query<SysctlState> Query => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(SysctlState state, DiffContext context) => throw new NotSupportedException();
}

/// <summary>A kernel parameter as found.</summary>
/// <param name="Live">The running kernel's value, blanks made single; null when the kernel has no such parameter.</param>
/// <param name="File">The file that sets it at boot.</param>
public sealed record SysctlState(string? Live, FileState File);
