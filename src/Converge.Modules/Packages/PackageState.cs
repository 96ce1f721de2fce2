namespace Converge.Modules;

/// <summary>What dpkg and apt know of a package.</summary>
public sealed record PackageState
{
    /// <summary>dpkg's word for how far it got: <c>installed</c>, <c>half-configured</c>, <c>config-files</c>, <c>not-installed</c>.</summary>
    public string Status { get; init; } = "not-installed";
}
