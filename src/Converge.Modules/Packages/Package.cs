using System;
using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>A Debian package, installed or absent. All packages of a host go into one transaction, before everything else of that host.</summary>
/// <param name="PackageName">As apt calls it.</param>
/// <example>
/// <code>
/// host.Add(new Package("haproxy"));
/// host.Add(new Package("mysql-server") { Version = "8.4.*" });
/// host.Add(new Package("telnetd") { Absent = true });
/// </code>
/// </example>
public sealed record Package(string PackageName) : Resource<PackageState>
{
    /// <summary>Exact version, or a pattern with <c>*</c>. Null: any installed version will do, the candidate is installed where there is none.</summary>
    public string? Version { get; init; }

    /// <summary>A newer version than <see cref="Version"/> may be replaced by an older one. Default: refused.</summary>
    public bool AllowDowngrade { get; init; }

    /// <summary>Recommended packages are installed as well. Default: only what the package depends on.</summary>
    public bool Recommended { get; init; }

    /// <summary>The package shall not be installed.</summary>
    public bool Absent { get; init; }

    /// <summary>An absent package's configuration files go too. Default: they stay.</summary>
    public bool Purge { get; init; }

    /// <inheritdoc/>
    public override string Kind => "package";

    /// <inheritdoc/>
    public override string Name => PackageName;

    /// <inheritdoc/>
    public override Placement Placement => Placement.First;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => [Provision.Package(PackageName)];

    /// <inheritdoc/>
    public override Query<PackageState> Query => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(PackageState state, DiffContext context) => throw new NotSupportedException();
}
