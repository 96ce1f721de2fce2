using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>
/// Real Debian hosts with systemd and sshd on this machine, to rehearse on before production. Needs root (see <see cref="LabTools"/>).
/// Nothing of a lab leaves this machine.
/// </summary>
public sealed class RehearsalLab
{
    private readonly LabFile file;
    private readonly LabPaths paths;
    private readonly TimeProvider time;
    private readonly Subnet subnet;

    /// <param name="file">A checked lab file.</param>
    /// <param name="folders">Default null: the usual folders of this machine.</param>
    /// <param name="time">Default null: the system's clock.</param>
    public RehearsalLab(LabFile file, LabFolders? folders = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        this.file = file;
        this.time = time ?? TimeProvider.System;
        paths = (folders ?? new LabFolders()).Of(file.Name);
        subnet = Subnet.TryParse(file.Controller, out var parsed)
            ? parsed
            : throw new LabException($"'{file.Controller}' is not a controller address.");
    }

    /// <summary>The lab's name.</summary>
    public string Name => file.Name;

    private LabSwitch Switch => new(file.Name, subnet);

    private bool Up => File.Exists(paths.LabFile) && Switch.Exists;

    /// <summary>
    /// Brings all hosts up and returns when sshd answers on each. Hosts that run are left alone, hosts that are off are started
    /// with the disk that they had, and what an interrupted run left behind is put in order. The first run on a machine builds images.
    /// </summary>
    /// <exception cref="LabException">A tool, an image or the subnet is not to be had, or a host did not boot. The other hosts are up then.</exception>
    public async Task<LabStatus> UpAsync(IProgress<string>? progress = null, CancellationToken ct = default)
    {
        LabTools.Require();
        paths.Folders.Check();
        RefuseAnotherFile();
        var origins = await LabImages.EnsureAsync(file, paths.Folders, progress, ct).ConfigureAwait(false);
        using (await FileLock.AcquireAsync(paths.Lock, ct).ConfigureAwait(false))
        {
            RefuseAnotherFile();
            if (!Up)
                await SetUpAsync(progress, ct).ConfigureAwait(false);
            var place = Place(await CgroupMount.EnsureAsync(paths.Folders, ct).ConfigureAwait(false));
            await LabBoot.StartAllAsync(file.Hosts.Select(h => (new Machine(file, h, place), origins[file.SuiteOf(h)])), progress, time, ct)
                .ConfigureAwait(false);
        }

        return await StatusAsync(ct).ConfigureAwait(false);
    }

    /// <summary>How the lab and its hosts are. Changes nothing, and waits half a second at most for a host that does not answer.</summary>
    /// <exception cref="LabException">Another user brought the lab up.</exception>
    public async Task<LabStatus> StatusAsync(CancellationToken ct = default)
    {
        paths.RefuseStranger();
        var up = Up;
        var place = Place(CgroupMount.Find());
        var states = await Task.WhenAll(file.Hosts.Select(h => new Machine(file, h, place).StateAsync(ct))).ConfigureAwait(false);
        return new LabStatus
        {
            Name = file.Name,
            Up = up,
            SshConfig = up ? paths.SshConfig : null,
            KnownHosts = up ? paths.KnownHosts : null,
            IdentityFile = up ? paths.Identity : null,
            RunFolder = up ? paths.Run : null,
            Link = up ? LabNames.Link(file.Name) : null,
            Controller = up ? file.Controller : null,
            Hosts = [.. file.Hosts.Zip(states, (h, state) => new LabHostStatus(h.Name, h.Address, file.SuiteOf(h), state))],
        };
    }

    /// <summary>Runs a program on a host as root, on this process's own standard streams, without SSH; returns its exit code.</summary>
    /// <exception cref="LabException">There is no such host, or it is off.</exception>
    public Task<int> ExecAsync(string host, IReadOnlyList<string> command, CancellationToken ct = default) =>
        Tool.PassThroughAsync(MachineOf(host).Inside(command), ct);

    /// <summary>Runs a program on a host as root, without SSH, and returns what it said.</summary>
    /// <exception cref="LabException">There is no such host, or it is off.</exception>
    public Task<ExecResult> CaptureAsync(string host, IReadOnlyList<string> command, CancellationToken ct = default) =>
        Tool.TryAsync(MachineOf(host).Inside(command), ct);

    /// <summary>Cuts a host's power, and its cable with it. Its disk stays. Does nothing when it is off.</summary>
    /// <exception cref="LabException">There is no such host, or the lab is down.</exception>
    public async Task KillAsync(string host, CancellationToken ct = default)
    {
        var machine = MachineOf(host);
        using var _ = await FileLock.AcquireAsync(paths.Lock, ct).ConfigureAwait(false);
        await machine.PowerOffAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Starts a host again with the disk that it had, and returns when sshd answers. Does nothing when it runs.</summary>
    /// <exception cref="LabException">There is no such host, the lab is down, or the host does not boot.</exception>
    public async Task StartAsync(string host, IProgress<string>? progress = null, CancellationToken ct = default)
    {
        var machine = MachineOf(host);
        using var _ = await FileLock.AcquireAsync(paths.Lock, ct).ConfigureAwait(false);
        await LabBoot.StartAsync(machine, null, progress, time, ct).ConfigureAwait(false);
    }

    /// <summary>Takes the lab down: no process, mount, namespace, interface, cgroup or file of it stays. Images stay in the cache.</summary>
    public Task DownAsync(CancellationToken ct = default) => DownAsync(paths, time, ct);

    internal static async Task DownAsync(LabPaths paths, TimeProvider time, CancellationToken ct)
    {
        LabTools.Require();
        using var _ = await FileLock.AcquireAsync(paths.Lock, ct).ConfigureAwait(false);
        await LabTeardown.RemoveAsync(paths, time, ct).ConfigureAwait(false);
    }

    private MachinePlace Place(string? cgroupMount) => new(paths, Switch, cgroupMount ?? "/sys/fs/cgroup", time);

    private Machine MachineOf(string host)
    {
        LabTools.Require();
        var described = file.Hosts.FirstOrDefault(h => h.Name == host)
            ?? throw new LabException($"Lab {Name} has no host '{host}'. It has {string.Join(", ", file.Hosts.Select(h => h.Name))}.");
        return Up
            ? new Machine(file, described, Place(CgroupMount.Find()))
            : throw new LabException($"Lab {Name} is down. To bring it up:\n    converge lab up FILE");
    }

    // Two files may give a lab the same name: disks of the one must not be run as hosts of the other.
    private void RefuseAnotherFile()
    {
        if (Up && File.ReadAllText(paths.LabFile) != Serialized())
            throw new LabException($"Lab {Name} is up, from a lab file that says something else. Take it down first:\n    converge lab down {Name}");
    }

    private string Serialized() => JsonSerializer.Serialize(file, LabJson.Default.LabFile);

    /// <summary>Everything but the hosts, from scratch: what an earlier run left behind goes first.</summary>
    private async Task SetUpAsync(IProgress<string>? progress, CancellationToken ct)
    {
        if (Labs.Names(paths.Folders).Contains(Name))
            progress?.Report($"removing what is left of an earlier lab {Name}");
        await LabTeardown.RemoveAsync(paths, time, ct).ConfigureAwait(false);
        Switch.RefuseOverlap();
        await SshAccess.CreateAsync(file, paths, ct).ConfigureAwait(false);
        await Switch.CreateAsync(ct).ConfigureAwait(false);
        await File.WriteAllTextAsync(paths.LabFile, Serialized(), ct).ConfigureAwait(false);
    }
}
