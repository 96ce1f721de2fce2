using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>A Debian package, installed or absent. All packages of a host go into one transaction, before everything else of that host.</summary>
/// <param name="PackageName">As apt calls it.</param>
/// <example>
/// <code>
/// host.Add(new Package("haproxy"));
/// host.Add(new Package("mysql-server") { Version = "8.4.*" });
/// host.Add(new Package("telnetd") { Absent = true, Purge = true });
/// </code>
/// </example>
public sealed partial record Package(string PackageName) : Resource<PackageState>
{
    /// <summary>Exact version, or a pattern with <c>*</c>. Null: any installed version will do, the candidate is installed where there is none.</summary>
    public string? Version { get; init; }

    /// <summary>A newer version than <see cref="Version"/> may be replaced by an older one. Default: refused.</summary>
    public bool AllowDowngrade { get; init; }

    /// <summary>Recommended packages are installed as well. Default: only what the package depends on.</summary>
    public bool Recommended { get; init; }

    /// <summary>
    /// How long whoever holds the lock of apt or dpkg is waited for, to the second; zero does not wait. Null: five minutes. Packages of a host
    /// that wait for different times are transactions of their own.
    /// </summary>
    public TimeSpan? LockWait { get; init; }

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
    public override Query<PackageState> Query => DpkgQuestion.Ask(PackageName, Absent ? DpkgQuestion.Absent : Version ?? "");

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(PackageState state, DiffContext context)
    {
        var apt = new AptCommand(LockWait ?? TimeSpan.FromMinutes(5));
        var changes = Absent ? Removal(state, apt) : [.. Repair(state, apt), .. Installation(state, apt)];
        if (changes.Count > 0 && state.Held)
        {
            throw new ConvergeException(
                $"{PackageName} is held back {(state.Version is null ? "from being installed" : $"at {state.Version}")} by its administrator",
                $"Allow the change on the host, or describe what is held:\n    apt-mark unhold {PackageName}");
        }

        if (state.Removes.Count > 0)
        {
            changes = [.. changes.Select(c => c.Property == "version" ? c with { Impact = Impact.Restart, Reason = $"apt also removes {string.Join(", ", state.Removes)}" } : c)];
        }

        // dpkg does nothing else before it has finished what it was killed at.
        return changes.Count > 0 && state.Interrupted && !changes.SelectMany(c => c.Steps).Contains(apt.Configure)
            ? [changes[0] with { Steps = [apt.Configure, .. changes[0].Steps] }, .. changes.Skip(1)]
            : changes;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes()
    {
        if (!PlainName().IsMatch(PackageName))
        {
            yield return $"\"{PackageName}\" is no package name: small letters, digits and + - . only";
        }

        if (Version is not null && !PlainVersion().IsMatch(Version))
        {
            yield return $"\"{Version}\" is no version: letters, digits and + - . ~ : only, and * for anything";
        }

        if (Version is not null && Absent)
        {
            yield return "it has a Version and is Absent: give one of them";
        }

        if (Absent && Brings.Count > 0)
        {
            yield return "it is Absent and Brings something: leave one of them out";
        }

        if (Purge && !Absent)
        {
            yield return "Purge says what Absent removes; it is not Absent";
        }

        if (LockWait is { } wait && (wait < TimeSpan.Zero || wait > TimeSpan.FromDays(1)))
        {
            yield return "LockWait is not between nothing and a day";
        }
    }

    /// <summary>Two that want it installed, or both absent, are one, unless they want different versions or waits.</summary>
    public override Resource? MergeWith(Resource other) =>
        other is Package package && package.Absent == Absent && Agree.On(Version, package.Version, out var version)
        && Agree.On(LockWait, package.LockWait, out var lockWait)
            ? this with
            {
                Version = version,
                LockWait = lockWait,
                AllowDowngrade = AllowDowngrade || package.AllowDowngrade,
                Recommended = Recommended || package.Recommended,
                Purge = Purge || package.Purge,
                Brings = [.. Brings.Union(package.Brings)],
                After = [.. After.Union(package.After)],
            }
            : null;

    private List<Change> Removal(PackageState state, AptCommand apt) => state.Status switch
    {
        "not-installed" => [],
        "config-files" when !Purge => [],
        "config-files" => [new Change("configuration files", "there", null) { Steps = [apt.Remove(PackageName, Purge)] }],
        _ => [new Change("version", state.Version, null, Impact.Restart) { Steps = [apt.Remove(PackageName, Purge)] }],
    };

    // A run that was killed half-way leaves a package that is there but not set up. That is state, and is repaired.
    private IEnumerable<Change> Repair(PackageState state, AptCommand apt) => state.Status switch
    {
        "half-installed" => [new Change("status", state.Status, "installed") { Steps = [Install(apt, state, reinstall: true)] }],
        _ when state.NeedsReinstall => [new Change("status", $"{state.Status}, broken", "installed") { Steps = [Install(apt, state, reinstall: true)] }],
        "unpacked" or "half-configured" or "triggers-awaited" or "triggers-pending" => [new Change("status", state.Status, "installed") { Steps = [apt.Configure] }],
        _ => [],
    };

    private IEnumerable<Change> Installation(PackageState state, AptCommand apt)
    {
        var present = state.Status is not ("not-installed" or "config-files");
        if (present && (Version is null || (state.Version is { } found && DebianVersion.Matches(found, Version))))
        {
            return [];
        }

        var target = Version is null ? state.Candidate : state.Versions.FirstOrDefault(v => DebianVersion.Matches(v, Version));
        var downgrade = present && state.Version is { } installed && (target ?? Exact) is { } wanted && DebianVersion.Compare(installed, wanted) > 0;
        if (downgrade && !AllowDowngrade)
        {
            throw new ConvergeException(
                $"{PackageName} {state.Version} is installed, which is newer than the wanted {Version}",
                "Set AllowDowngrade = true if an older version is meant; its data may not be readable for it.");
        }

        var update = state.ListsStale || target is null;
        return
        [
            new Change("version", present ? state.Version : null, update ? Version ?? "newest" : target, present ? Impact.Restart : Impact.None)
            {
                Steps = [.. update ? [apt.Update] : Array.Empty<Step>(), Install(apt, state, reinstall: false, downgrade)],
            },
        ];
    }

    private string? Exact => Version?.Contains('*') == false ? Version : null;

    private RunProgram Install(AptCommand apt, PackageState state, bool reinstall, bool downgrade = false) =>
        apt.Install(Version is null || (reinstall && state.Version is null) ? PackageName : $"{PackageName}={Version}", Recommended, downgrade, reinstall);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?\z")]
    private static partial Regex PlainName();

    [GeneratedRegex(@"\A[A-Za-z0-9*][A-Za-z0-9.+:~*-]*\z")]
    private static partial Regex PlainVersion();
}
