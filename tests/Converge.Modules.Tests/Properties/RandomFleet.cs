using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Converge.Graph;
using Converge.Sessions;
using Converge.Testing;
using CsCheck;

namespace Converge.Modules.Tests.Properties;

/// <summary>What a random resource is, in numbers that shrink well; all that they refer to comes before it, so that there is no cycle.</summary>
/// <param name="Host">Which host, modulo how many there are.</param>
/// <param name="Sort">0: folder, 1 and 2: file, 3: link, 4: absent file.</param>
/// <param name="Above">Which folder of its host it is in, modulo how many there are before it.</param>
/// <param name="Wanted">Content, target and mode.</param>
/// <param name="Drift">What is there before.</param>
/// <param name="After">Odd: an explicit reference to an earlier resource, on whichever host.</param>
/// <param name="Place">In the script, which need not be the order of the references.</param>
internal sealed record RandomResource(int Host, int Sort, int Above, int Wanted, int Drift, int After, int Place);

/// <summary>A random fleet on random hosts, made anew for each run from its numbers.</summary>
internal sealed class RandomFleet
{
    public static readonly Gen<RandomResource> Resource =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 19], Gen.Int[0, 99])
            .Select((host, sort, above, wanted, drift, after, place) => new RandomResource(host, sort, above, wanted, drift, after, place));

    private static readonly UnixFileMode[] _modes = [Mode.Octal("0644"), Mode.Octal("0600"), Mode.Octal("0755"), Mode.Octal("0750")];

    private readonly Dictionary<string, Disk> _disks = [];
    private readonly List<(Host Host, Resource Resource, RandomResource Numbers)> _resources = [];

    public RandomFleet(int hosts, IReadOnlyList<RandomResource> resources)
    {
        Fleet = new Fleet();
        var all = Enumerable.Range(0, hosts).Select(i => Fleet.Host($"h{i}")).ToList();
        foreach (var host in all)
        {
            _disks[host.Name] = new Disk(Hosts[host.Name]);
        }

        foreach (var numbers in resources)
        {
            var host = all[numbers.Host % hosts];
            var path = $"{FolderOf(host, numbers)}/n{_resources.Count}";
            _resources.Add((host, Of(path, numbers), numbers));
            Drift(_disks[host.Name], path, numbers);
        }

        foreach (var (host, resource, _) in _resources.OrderBy(r => r.Numbers.Place))
        {
            host.Add(resource);
        }

        Graph = FleetGraph.Build(Fleet);
    }

    public Fleet Fleet { get; }

    public FleetGraph Graph { get; }

    public InMemoryConnector Hosts { get; } = new();

    public bool CrossesHosts => Graph.Nodes.Any(n => n.Dependencies.Any(d => d.To.Host != n.Host));

    /// <summary>What a host of these cannot do.</summary>
    public ItemResult? Refuse(string host, ExchangeItem item) => _disks[host].Refuse(item);

    private string FolderOf(Host host, RandomResource numbers)
    {
        var folders = _resources.Where(r => r.Host == host && r.Resource is Directory).Select(r => r.Resource.Name).Prepend("/srv").ToList();
        return folders[numbers.Above % folders.Count];
    }

    private Resource Of(string path, RandomResource numbers)
    {
        IReadOnlyList<Resource> after = numbers.After % 2 == 1 && _resources.Count > 0 ? [_resources[numbers.After % _resources.Count].Resource] : [];
        return numbers.Sort switch
        {
            0 => new Directory(path) { Mode = _modes[numbers.Wanted], After = after },
            3 => new Symlink(path) { Target = $"to{numbers.Wanted}", After = after },
            4 => new File(path) { Absent = true, After = after },
            _ => new File(path) { Content = $"content {numbers.Wanted}\n", Mode = _modes[numbers.Wanted], After = after },
        };
    }

    // 0: nothing is there; else something is, also where it shall not be, and is as it shall be in one case of three.
    private static void Drift(Disk disk, string path, RandomResource numbers)
    {
        if (numbers.Drift == 0 || !disk.HasFolder(path[..path.LastIndexOf('/')]))
        {
            return;
        }

        switch (numbers.Sort, numbers.Drift)
        {
            case (0, _):
                disk.Folder(path, _modes[numbers.Drift]);
                break;
            case (3, 1) or (1, 3) or (4, 3):
                disk.Link(path, "to1");
                break;
            default:
                disk.File(path, $"content {numbers.Drift}\n", _modes[numbers.Drift]);
                break;
        }
    }
}
