using System;
using System.Collections.Generic;

namespace Converge.Testing;

/// <summary>A resource with states of a host, on which the laws can be tried.</summary>
public abstract record LawExample
{
    private protected LawExample()
    {
    }

    /// <summary>The type of the resource.</summary>
    public abstract Type ResourceType { get; }

    /// <summary>The host's facts. Default: a Debian 12 with systemd.</summary>
    public HostFacts Facts { get; init; } = new() { Distribution = "debian", Version = "12", Codename = "bookworm", Init = "systemd", PackageManager = "apt" };

    /// <summary>The secrets that the resource carries; their values must show nowhere.</summary>
    public IReadOnlyList<Secret> Secrets { get; init; } = [];

    /// <summary>Everything that the example breaks, in sentences; empty when it keeps all laws.</summary>
    public abstract IReadOnlyList<string> Violations();
}

/// <inheritdoc/>
/// <param name="Resource">What is wanted.</param>
/// <param name="Reached">A state in which nothing is left to do.</param>
/// <param name="Drifted">States in which something has to be done.</param>
public sealed record LawExample<TState>(Resource<TState> Resource, TState Reached, params IReadOnlyList<TState> Drifted) : LawExample
{
    /// <inheritdoc/>
    public override Type ResourceType => Resource.GetType();

    /// <inheritdoc/>
    public override IReadOnlyList<string> Violations() => [.. ResourceLaws.Violations(this)];
}
