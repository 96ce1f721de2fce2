using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Testing;

/// <summary>Connects to hosts that exist only in memory: runs whole plans and applies without a machine.</summary>
/// <param name="time">The clock of latencies and durations. Null: the system's.</param>
/// <example>
/// <code>
/// var connector = new InMemoryConnector();
/// connector["web1"].Answers("service", _ => "nginx stopped\n").Runs("systemctl", _ => InMemoryHost.Success);
/// await using var run = new FleetRun(FleetGraph.Build(fleet), connector);
/// </code>
/// </example>
public sealed class InMemoryConnector(TimeProvider? time = null) : IHostConnector
{
    private readonly ConcurrentDictionary<string, InMemoryHost> _hosts = new(StringComparer.Ordinal);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The host of that name; made when it is first asked for.</summary>
    public InMemoryHost this[string name] => _hosts.GetOrAdd(name, n => new InMemoryHost(n));

    /// <inheritdoc/>
    public async Task<IHostSession> ConnectAsync(Host host, CancellationToken ct)
    {
        var target = this[host.Name];
        await Task.Yield();
        if (target.Latency > TimeSpan.Zero)
        {
            await Task.Delay(target.Latency, _time, ct);
        }

        ct.ThrowIfCancellationRequested();
        return target.Unreachable is { } reason ? throw reason : new InMemorySession(target, _time);
    }
}
