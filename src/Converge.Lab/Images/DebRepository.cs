using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>A flat archive of the packages that hosts of one suite can install without a network.</summary>
internal static class DebRepository
{
    public const string PathOnHosts = "/srv/debian";

    // Part of the entry's name: raise it when the same packages would be fetched differently.
    private const string Recipe = "1";

    /// <summary>The path of the archive for these packages, which are fetched first if need be.</summary>
    public static Task<string> EnsureAsync(DebSet set, LabFolders folders, IProgress<string>? progress, CancellationToken ct)
    {
        var names = set.Packages.Order(StringComparer.Ordinal).ToList();
        var entry = CacheEntry.Name(set.Suite, [Recipe, RootImage.EntryName(set.Suite), .. names]);
        return CacheEntry.EnsureAsync(
            Path.Combine(folders.Cache, "debs", entry), folder => BuildAsync(set with { Packages = names }, folder, progress, ct), ct);
    }

    private static async Task BuildAsync(DebSet set, string folder, IProgress<string>? progress, CancellationToken ct)
    {
        if (set.Packages.Count > 0)
            await FetchAllAsync(set, folder, progress, ct).ConfigureAwait(false);
        await IndexAsync(folder, ct).ConfigureAwait(false);
    }

    private static async Task FetchAllAsync(DebSet set, string folder, IProgress<string>? progress, CancellationToken ct)
    {
        progress?.Report($"{set.Suite}: fetching {set.Packages.Count} packages with all that they depend on (once)");
        var work = Path.Combine(folder, "work");
        foreach (var part in (string[])["lists/partial", "archives/partial"])
            Directory.CreateDirectory(Path.Combine(work, part));
        var sources = Path.Combine(work, "sources.list");
        await File.WriteAllTextAsync(sources, DebianMirror.OfThisMachine().Line(set.Suite) + "\n", ct).ConfigureAwait(false);

        await Tool.RunAsync(Apt(set, work, "update"), ct).ConfigureAwait(false);
        // One by one: a lab may offer packages that conflict, such as MySQL and MariaDB.
        foreach (var package in set.Packages)
            await FetchAsync(set, work, package, ct).ConfigureAwait(false);

        var debs = Directory.GetFiles(Path.Combine(work, "archives"), "*.deb");
        foreach (var deb in debs)
            File.Move(deb, Path.Combine(folder, Path.GetFileName(deb)));
        await Disk.DeleteAsync(work, ct).ConfigureAwait(false);
        progress?.Report($"{set.Suite}: {debs.Length} .deb files fetched");
    }

    private static async Task FetchAsync(DebSet set, string work, string package, CancellationToken ct)
    {
        try
        {
            await Tool.RunAsync(Apt(set, work, "install", "--yes", "--download-only", package), ct).ConfigureAwait(false);
        }
        catch (LabException e)
        {
            throw new LabException($"Package {package} of {set.Suite} cannot be fetched.\n{e.Message}", e);
        }
    }

    private static async Task IndexAsync(string folder, CancellationToken ct)
    {
        foreach (var (verb, file) in (IEnumerable<(string, string)>)[("packages", "Packages"), ("release", "Release")])
        {
            var index = await Tool.RunAsync(new ToolCall("apt-ftparchive", [verb, "."]) { Folder = folder }, ct).ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(folder, file), index, ct).ConfigureAwait(false);
        }
    }

    // This machine's apt acts for the image, so that its own settings (proxy, credentials) hold; only its state is elsewhere.
    private static ToolCall Apt(DebSet set, string work, params string[] command)
    {
        string[] settings =
        [
            $"Dir::State={work}", $"Dir::State::lists={work}/lists", $"Dir::State::status={set.Root}/var/lib/dpkg/status",
            $"Dir::State::extended_states={work}/extended_states", $"Dir::Cache={work}", $"Dir::Cache::archives={work}/archives",
            $"Dir::Etc::sourcelist={work}/sources.list", "Dir::Etc::sourceparts=/dev/null",
            "Dir::Etc::preferences=/dev/null", "Dir::Etc::preferencesparts=/dev/null",
            "APT::Default-Release=", "APT::Sandbox::User=root", "APT::Install-Recommends=false", "Debug::NoLocking=1",
            "Acquire::Check-Valid-Until=false", "Acquire::Retries=3",
        ];
        return new ToolCall("apt-get", ["-q", .. settings.SelectMany(s => (string[])["-o", s]), .. command]);
    }
}
