using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>Brings hosts to the state "running", from whatever state they are in.</summary>
internal static class LabBoot
{
    /// <summary>Starts hosts side by side; one that fails stops no other.</summary>
    /// <exception cref="LabException">Says of each host that failed why.</exception>
    public static async Task StartAllAsync(
        IEnumerable<(Machine Machine, DiskOrigin Origin)> machines, IProgress<string>? progress, TimeProvider time, CancellationToken ct)
    {
        var failures = await Task.WhenAll(machines.Select(async m =>
        {
            try
            {
                await StartAsync(m.Machine, m.Origin, progress, time, ct).ConfigureAwait(false);
                return null;
            }
            catch (LabException e)
            {
                return e.Message;
            }
        })).ConfigureAwait(false);

        if (failures.OfType<string>().ToList() is { Count: > 0 } messages)
            throw new LabException(string.Join('\n', messages));
    }

    /// <summary>Starts one host; a host without a disk gets one made from <paramref name="origin"/>.</summary>
    public static async Task StartAsync(
        Machine machine, DiskOrigin? origin, IProgress<string>? progress, TimeProvider time, CancellationToken ct)
    {
        if (machine.Alive && await machine.AnswersSshAsync(ct).ConfigureAwait(false))
            return;

        if (!machine.Alive)
        {
            // Half a start may have left a namespace or a cable.
            await machine.PowerOffAsync(ct).ConfigureAwait(false);
            if (!machine.Disk.Complete)
                await machine.CreateDiskAsync(origin ?? throw NoDisk(machine), ct).ConfigureAwait(false);
            await machine.LaunchAsync(ct).ConfigureAwait(false);
        }

        await BootWatch.WaitAsync(machine, progress, time, ct).ConfigureAwait(false);
    }

    private static LabException NoDisk(Machine machine) =>
        new($"{machine.Host.Name} has no disk yet. To make it:\n    converge lab up");
}
