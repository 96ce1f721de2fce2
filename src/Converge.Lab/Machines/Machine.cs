using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>One host: its processes, its disk and its cable.</summary>
internal sealed class Machine(LabFile file, LabHost host, MachinePlace place)
{
    private static readonly string Script = ReadScript();

    private readonly Cgroup cgroup = place.LabCgroup.Child(host.Name);
    private readonly IPAddress address = IPAddress.Parse(host.Address);

    public LabHost Host => host;

    public MachineDisk Disk { get; } = new(place.Paths.Disk(host.Name));

    public MachineConsole Console { get; } = new(place.Paths.Console(host.Name));

    /// <summary>Whether any process of it lives.</summary>
    public bool Alive => cgroup.Populated;

    public async Task<LabHostState> StateAsync(CancellationToken ct)
    {
        if (!Alive)
            return LabHostState.Off;
        return await SshBanner.AnswersAsync(address, TimeSpan.FromMilliseconds(500), ct).ConfigureAwait(false)
            ? LabHostState.Running
            : LabHostState.Booting;
    }

    public async Task CreateDiskAsync(DiskOrigin origin, CancellationToken ct)
    {
        var key = place.Paths.HostKey(host.Name);
        var keys = new SeedKeys(
            await System.IO.File.ReadAllTextAsync(key, ct).ConfigureAwait(false),
            await System.IO.File.ReadAllTextAsync($"{key}.pub", ct).ConfigureAwait(false),
            await System.IO.File.ReadAllTextAsync($"{place.Paths.Identity}.pub", ct).ConfigureAwait(false));
        await Disk.CreateAsync(origin, DiskSeed.Tar(file, host, keys), ct).ConfigureAwait(false);
    }

    /// <summary>Switches it on; it must be off and have a disk.</summary>
    public async Task LaunchAsync(CancellationToken ct)
    {
        await place.Switch.PlugInAsync(host, ct).ConfigureAwait(false);
        cgroup.Create();
        Directory.CreateDirectory(place.Paths.MountPoint(host.Name));
        var origin = Disk.Origin();
        var launch = new ToolCall("setsid",
        [
            "--fork", "unshare", "--mount", "--propagation", "private", "sh", "-c", Script, "start-machine",
            file.Name, host.Name, place.CgroupMount, cgroup.Path, origin.Image, origin.Debs, Disk.Root, Path.GetDirectoryName(Console.Path)!,
        ]);
        var result = await Tool.TryAsync(launch, ct).ConfigureAwait(false);
        if (result.ExitCode != 0 || result.Error.Length > 0)
            throw new LabException($"{host.Name} cannot be started: {result.Error.Trim()}");
    }

    /// <summary>Cuts the power: no process of it gets to say goodbye. Its disk stays.</summary>
    public async Task PowerOffAsync(CancellationToken ct)
    {
        await place.Switch.UnplugAsync(host.Name, ct).ConfigureAwait(false);
        await cgroup.KillAsync(place.Time, ct).ConfigureAwait(false);
        cgroup.Remove();
    }

    /// <summary>Its init as this machine numbers it; null while there is none.</summary>
    public int? FindInit()
    {
        var payload = cgroup.Child("payload");
        return ((Cgroup[])[payload.Child("init.scope"), payload])
            .SelectMany(c => c.Processes())
            .Where(IsInit)
            .Select(pid => (int?)pid)
            .FirstOrDefault();
    }

    /// <summary>The call that runs a program inside, as root, in none of the host's services but within its life.</summary>
    /// <exception cref="LabException">The host is off.</exception>
    public ToolCall Inside(IReadOnlyList<string> command)
    {
        var init = FindInit() ?? throw new LabException($"{host.Name} is off. To start it:\n    converge lab start {host.Name}");
        var extra = cgroup.Child("exec");
        extra.Create();
        return new ToolCall("sh",
        [
            "-c", "echo $$ >\"$1\" && shift && exec \"$@\"", "exec", Path.Combine(extra.Path, "cgroup.procs"),
            "nsenter", $"--target={init}", "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd=/", "--",
            "/usr/bin/env", "-i", "--chdir=/root", "HOME=/root", "USER=root", "LOGNAME=root", "SHELL=/bin/bash", "LANG=C.UTF-8",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            $"TERM={Environment.GetEnvironmentVariable("TERM") ?? "dumb"}", .. command,
        ]);
    }

    public Task<bool> AnswersSshAsync(CancellationToken ct) => SshBanner.AnswersAsync(address, TimeSpan.FromSeconds(1), ct);

    // NSpid: its number in each pid namespace, ours first (proc_pid_status(5)).
    private static bool IsInit(int pid)
    {
        try
        {
            var numbers = System.IO.File.ReadLines($"/proc/{pid}/status")
                .First(l => l.StartsWith("NSpid:", StringComparison.Ordinal))
                .Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
            return numbers.Length > 2 && numbers[^1] == "1";
        }
        catch (IOException)
        {
            // The process ended meanwhile.
            return false;
        }
    }

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(Machine).Assembly.GetManifestResourceStream("start-machine.sh")!);
        return reader.ReadToEnd();
    }
}
