using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>
/// A program that keepalived runs again and again to see whether a host may hold the address. Without a <see cref="Weight"/> a failure gives the
/// address away at once.
/// </summary>
/// <example>
/// <code>
/// hosts.Add(new VrrpCluster("www", vip: "192.0.2.100/24")
/// {
///     Track = { VrrpScript.ProcessRuns("haproxy"), new("disk", "/usr/bin/test", "-w", "/srv") { Weight = -20 } },
/// });
/// </code>
/// </example>
public sealed record VrrpScript
{
    /// <summary>
    /// A program with its arguments; no shell sees them. Paths are absolute, and nobody but root may change the program. A program that is a link
    /// and acts by its own name (busybox) is started through <c>/usr/bin/env</c>: keepalived follows the link and forgets the name.
    /// </summary>
    public VrrpScript(string name, string program, params IEnumerable<string> arguments) =>
        (Name, Command) = (name, string.Join(' ', arguments.Prepend(program)));

    /// <summary>One word; equal names on one host mean the same check.</summary>
    public string Name { get; }

    /// <summary>Program and arguments.</summary>
    public string Command { get; }

    /// <summary>Seconds between two runs, from 1. Default: 1. (Fractions would need keepalived 2.3.)</summary>
    public int IntervalSeconds { get; init; } = 1;

    /// <summary>Seconds after which a run counts as failed, from 1. Null: the interval.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Good runs in a row until all is well. Default: 2.</summary>
    public int Rise { get; init; } = 2;

    /// <summary>Bad runs in a row until it is not. Default: 2.</summary>
    public int Fall { get; init; } = 2;

    /// <summary>Added to the priority when well (positive) or when not (negative), -253 to 253. Default: 0, a failure gives the address away.</summary>
    public int Weight { get; init; }

    /// <summary>Not well until it has proved to be.</summary>
    public bool InitiallyFailed { get; init; }

    /// <summary>The user who runs it. Null: <see cref="VrrpCluster.ScriptUser"/>.</summary>
    public string? User { get; init; }

    /// <summary>Some process of this name runs. Works in containers too, where the kernel does not report processes (<c>vrrp_track_process</c>).</summary>
    // Through env, because keepalived runs the file that a link points to under that file's own name, and pidof is a link to killall5.
    public static VrrpScript ProcessRuns(string process) => new(process, "/usr/bin/env", "pidof", process);

    /// <summary>A systemd unit is active.</summary>
    public static VrrpScript UnitIsActive(string unit) => new(SystemdName.WithSuffix(unit), "/usr/bin/systemctl", "is-active", "--quiet", SystemdName.WithSuffix(unit));
}
