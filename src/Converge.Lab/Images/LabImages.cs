using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>All that the hosts of a lab are made from.</summary>
internal static class LabImages
{
    /// <summary>Image and archive of each suite, built side by side where they are missing.</summary>
    public static async Task<IReadOnlyDictionary<string, DiskOrigin>> EnsureAsync(
        LabFile file, LabFolders folders, IProgress<string>? progress, CancellationToken ct)
    {
        var suites = file.Suites.ToList();
        var origins = await Task.WhenAll(suites.Select(suite => EnsureSuiteAsync(suite, file, folders, progress, ct))).ConfigureAwait(false);
        return suites.Zip(origins).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static async Task<DiskOrigin> EnsureSuiteAsync(
        string suite, LabFile file, LabFolders folders, IProgress<string>? progress, CancellationToken ct)
    {
        var root = await RootImage.EnsureAsync(suite, folders, progress, ct).ConfigureAwait(false);
        var debs = await DebRepository.EnsureAsync(new DebSet(suite, root, file.PackagesOf(suite)), folders, progress, ct).ConfigureAwait(false);
        return new DiskOrigin(root, debs);
    }
}
