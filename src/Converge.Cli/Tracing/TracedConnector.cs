using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Cli.Tracing;

/// <summary>Notes how long hosts take: to let us in, and for all that is asked of them.</summary>
internal sealed class TracedConnector(IHostConnector connector, RunTrace trace) : IHostConnector
{
    public async Task<IHostSession> ConnectAsync(Host host, CancellationToken ct)
    {
        using var connect = trace.Begin(host.Name, "connect", "connect");
        var session = await connector.ConnectAsync(host, ct);
        trace.Greeted(host.Name);
        return new TracedSession(session, host.Name, trace);
    }
}
