using System;
using System.Threading;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Cli.Output;
using Converge.Probing;

namespace Converge.Cli.Commands;

/// <summary>Probes through a run: passes the run's events on, and asks for its end once more requests failed than may.</summary>
internal sealed class ProbeWatch : IProgress<RunEvent>, IAsyncDisposable
{
    private readonly IRunOutput _output;
    private readonly HttpProber? _prober;
    private readonly StepTimeline _timeline;
    private readonly int _mostFailed;
    private readonly CancellationTokenSource _passed = new();

    public ProbeWatch(ProbeTarget? target, int mostFailed, TimeProvider time, IRunOutput output)
    {
        (_output, _mostFailed, _timeline) = (output, mostFailed, new StepTimeline(time));
        Afterwards = target?.Timeout ?? TimeSpan.Zero;
        _prober = target is null ? null : new HttpProber(target, time, _timeline, Tell);
    }

    /// <summary>Cancelled when the limit is passed.</summary>
    public CancellationToken LimitPassed => _prober is null ? CancellationToken.None : _passed.Token;

    /// <summary>What the last step breaks shows only when requests that were sent after it have failed.</summary>
    public TimeSpan Afterwards { get; }

    public void Report(RunEvent value)
    {
        _timeline.Report(value);
        _output.Report(value);
    }

    /// <exception cref="ConvergeException">The site does not answer before anything was done: what fails later could not be told from that.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        if (_prober is not null)
        {
            if (await _prober.TryAsync(ct) is { } why)
            {
                throw new ConvergeException($"the probe fails before anything is changed: {why}", "Nothing was changed. Correct --probe, or apply without it.");
            }

            _prober.Start();
        }
    }

    /// <summary>What was seen; null without a probe.</summary>
    public async Task<ProbeReport?> StopAsync() => _prober is null ? null : await _prober.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (_prober is not null)
        {
            await _prober.DisposeAsync();
        }

        _passed.Dispose();
    }

    private void Tell(ProbeFailure failure)
    {
        _output.Tell(ProbeText.Of(failure), "probe-failed", json => ProbeText.Write(json, failure));
        if (failure.Number > _mostFailed)
        {
            _passed.Cancel();
        }
    }
}
