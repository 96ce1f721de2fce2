using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Cli.Tracing;

/// <summary>A session of which each exchange is noted, and each item in it.</summary>
internal sealed class TracedSession(IHostSession session, string host, RunTrace trace) : IHostSession
{
    private int _waves;

    public int Exchanges => session.Exchanges;

    public async Task<IReadOnlyList<ItemResult>> ExchangeAsync(
        IReadOnlyList<ExchangeItem> items, IProgress<ItemProgress>? progress, CancellationToken ct, CancellationToken noMoreSteps = default)
    {
        var steps = items.OfType<StepItem>().ToList();
        var counts = new Dictionary<string, long> { ["items"] = items.Count, ["steps"] = steps.Count, ["payloadBytes"] = steps.Sum(s => (long)s.Payload.Length) };
        using var exchange = steps.Count > 0 ? trace.Begin(host, "wave", $"wave {++_waves}", counts) : trace.Begin(host, "probe", "probe", counts);
        using var times = new ItemTimes(items, host, trace, progress);
        return await session.ExchangeAsync(items, times, ct, noMoreSteps);
    }

    public async ValueTask DisposeAsync()
    {
        using var close = trace.Begin(host, "close", "close");
        await session.DisposeAsync();
    }

    // By when their begin and end arrive here. What comes before the first is the way there, with all that is sent.
    private sealed class ItemTimes(IReadOnlyList<ExchangeItem> items, string host, RunTrace trace, IProgress<ItemProgress>? next) : IProgress<ItemProgress>, IDisposable
    {
        private IDisposable? _running;

        public void Report(ItemProgress value)
        {
            if (value.Phase == ItemPhase.Started)
            {
                _running = items[value.Index] switch
                {
                    StepItem step => trace.Begin(host, "step", step.Step.Describe()),
                    QuestionItem question => trace.Begin(host, "question", $"ask {question.Question.Name}"),
                    _ => trace.Begin(host, "lock", "lock"),
                };
            }
            else if (value.Phase == ItemPhase.Finished)
            {
                Dispose();
            }

            next?.Report(value);
        }

        public void Dispose()
        {
            _running?.Dispose();
            _running = null;
        }
    }
}
