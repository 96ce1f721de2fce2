using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>What dpkg and apt know of a package.</summary>
public sealed record PackageState
{
    /// <summary>dpkg's word for how far it got: <c>installed</c>, <c>half-configured</c>, <c>unpacked</c>, <c>config-files</c>, <c>not-installed</c> …</summary>
    public string Status { get; init; } = "not-installed";

    /// <summary>The version that dpkg has; null when it has none.</summary>
    public string? Version { get; init; }

    /// <summary>Held back by the administrator (<c>apt-mark hold</c>).</summary>
    public bool Held { get; init; }

    /// <summary>dpkg says that it is broken and must be installed again.</summary>
    public bool NeedsReinstall { get; init; }

    /// <summary>What apt would install; null when it knows none, or was not asked because there is nothing to install.</summary>
    public string? Candidate { get; init; }

    /// <summary>All versions that apt knows, newest first; empty when it was not asked.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>What apt would remove unasked, were all wishes of this host fulfilled in one go; empty when it would not, or cannot tell.</summary>
    public IReadOnlyList<string> Removes { get; init; } = [];

    /// <summary>apt's lists are missing, older than a day or older than its sources.</summary>
    public bool ListsStale { get; init; }

    /// <summary>dpkg was killed at work and wants to be told to go on, before it does anything else.</summary>
    public bool Interrupted { get; init; }
}
