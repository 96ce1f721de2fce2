using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Applying;

/// <summary>The way to one host: the session of a run, one exchange at a time, and further ones on demand.</summary>
internal sealed class HostLink(Host host, IHostConnector connector) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private IHostSession? _session;

    public int Exchanges => _session?.Exchanges ?? 0;

    public Host Host => host;

    /// <exception cref="HostUnreachableException">With cause and remedy.</exception>
    public async Task ConnectAsync(CancellationToken ct) => _session = await connector.ConnectAsync(host, ct).ConfigureAwait(false);

    /// <summary>Takes the host's lock, waiting for it if need be, and asks.</summary>
    public Task<IReadOnlyList<ItemResult>> AskLockedAsync(HostLock heldLock, IReadOnlyList<ExchangeItem> items, CancellationToken ct) =>
        heldLock.AskAsync(_session!, items, ct);

    public async Task<IReadOnlyList<ItemResult>> ExchangeAsync(IReadOnlyList<ExchangeItem> items, IProgress<ItemProgress>? progress, CancellationToken ct, CancellationToken noMoreSteps = default)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await _session!.ExchangeAsync(items, progress, ct, noMoreSteps).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<IReadOnlyList<ItemResult>> RunAsync(IEnumerable<Step> steps, CancellationToken ct) => ExchangeAsync(Items(steps), null, ct);

    /// <summary>The same over a connection that is made for it.</summary>
    /// <exception cref="HostUnreachableException">The host does not let us in.</exception>
    public async Task<IReadOnlyList<ItemResult>> RunAnewAsync(IEnumerable<Step> steps, CancellationToken ct)
    {
        await using var fresh = await connector.ConnectAnewAsync(host, ct).ConfigureAwait(false);
        return await fresh.ExchangeAsync(Items(steps), null, ct).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
        {
            await _session.DisposeAsync().ConfigureAwait(false);
        }

        _turn.Dispose();
    }

    private static List<ExchangeItem> Items(IEnumerable<Step> steps) => [.. steps.Select((step, i) => new StepItem(step, default, i))];
}
