using System;
using System.IO;

namespace Converge.Lab;

/// <summary>Where labs keep their files.</summary>
public sealed record LabFolders
{
    /// <summary>Root images and .deb files, built once. Default <c>/var/cache/converge-lab</c>, or what CONVERGE_LAB_CACHE names.</summary>
    public string Cache { get; init; } = FromEnvironment("CONVERGE_LAB_CACHE", "/var/cache/converge-lab");

    /// <summary>
    /// The hosts' disks while their lab is up. Default <c>/var/lib/converge-lab</c>, or what CONVERGE_LAB_DISKS names.
    /// Must not lie on an overlay file system, as the root of a container usually does.
    /// </summary>
    public string Disks { get; init; } = FromEnvironment("CONVERGE_LAB_DISKS", "/var/lib/converge-lab");

    /// <summary>Keys, ssh_config, known_hosts and console logs while a lab is up. Default <c>/run/converge-lab</c>.</summary>
    public string Run { get; init; } = "/run/converge-lab";

    internal LabPaths Of(string lab) => new(this, lab);

    /// <exception cref="LabException">A path is relative, or has a character that parts mount options, or cannot hold disks.</exception>
    internal void Check()
    {
        foreach (var path in (string[])[Cache, Disks, Run])
        {
            if (!Path.IsPathRooted(path) || path.AsSpan().IndexOfAny(",:\\\"\n") >= 0)
                throw new LabException($"'{path}' cannot hold a lab: give an absolute path without comma, colon, quote or backslash.");
        }

        if (MountTable.OfThisMachine().Holding(Disks) is { FileSystem: "overlay" })
            throw new LabException($"{Disks} lies on an overlay file system, which cannot hold the hosts' disks. Set CONVERGE_LAB_DISKS to a folder on another one.");
    }

    private static string FromEnvironment(string variable, string otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path ? path : otherwise;
}
