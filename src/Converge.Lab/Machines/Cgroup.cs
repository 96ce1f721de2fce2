using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>
/// One folder of the cgroup2 hierarchy. A host's holds all its processes, nspawn included, so that ending them is one write
/// that none can escape (cgroups(7), cgroup.kill).
/// </summary>
internal sealed record Cgroup(string Path)
{
    /// <summary>The folder above all labs.</summary>
    public const string Parent = "converge-lab";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static Cgroup OfLab(string mount, string lab) => new(System.IO.Path.Combine(mount, Parent, lab));

    public bool Exists => Directory.Exists(Path);

    /// <summary>Whether a process lives in it or below.</summary>
    public bool Populated => ReadLines("cgroup.events").Contains("populated 1");

    public Cgroup Child(string name) => new(System.IO.Path.Combine(Path, name));

    public IEnumerable<Cgroup> Children() => Exists ? Directory.GetDirectories(Path).Select(p => new Cgroup(p)) : [];

    public IEnumerable<int> Processes() => ReadLines("cgroup.procs").Select(int.Parse);

    public void Create() => Directory.CreateDirectory(Path);

    /// <summary>Ends all processes in it and waits until the kernel has let go of them.</summary>
    /// <exception cref="LabException">They do not end; one hangs in the kernel.</exception>
    public async Task KillAsync(TimeProvider time, CancellationToken ct)
    {
        if (!Exists)
            return;
        await File.WriteAllTextAsync(System.IO.Path.Combine(Path, "cgroup.kill"), "1", ct).ConfigureAwait(false);
        var started = time.GetTimestamp();
        while (Populated)
        {
            if (time.GetElapsedTime(started) > Deadline)
                throw new LabException($"Processes in {Path} do not end although they were killed.");
            await Task.Delay(Pause, time, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the folder with those below it. Its processes must have ended.</summary>
    public void Remove()
    {
        foreach (var child in Children())
            child.Remove();
        if (Exists)
            Directory.Delete(Path);
    }

    private string[] ReadLines(string file)
    {
        try
        {
            return File.ReadAllLines(System.IO.Path.Combine(Path, file));
        }
        catch (IOException)
        {
            // The folder went away (ENOENT, ENODEV): nothing is in it.
            return [];
        }
    }
}
