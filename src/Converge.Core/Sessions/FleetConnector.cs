using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions;

/// <summary>Reaches this machine without SSH and all other hosts with it.</summary>
public sealed class FleetConnector(IHostConnector local, IHostConnector remote) : IHostConnector
{
    /// <inheritdoc/>
    public Task<IHostSession> ConnectAsync(Host host, CancellationToken ct) => Of(host).ConnectAsync(host, ct);

    /// <inheritdoc/>
    public Task<IHostSession> ConnectAnewAsync(Host host, CancellationToken ct) => Of(host).ConnectAnewAsync(host, ct);

    private IHostConnector Of(Host host) => host.IsLocal ? local : remote;
}
