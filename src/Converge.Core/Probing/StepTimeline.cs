using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Converge.Applying;

namespace Converge.Probing;

/// <summary>Which step ran on which host at which time, as far as the controller knows.</summary>
public sealed class StepTimeline(TimeProvider time) : IProgress<RunEvent>
{
    private readonly Lock _lock = new();
    private readonly List<(Host Host, string Step, long From, long To)> _steps = [];

    /// <inheritdoc/>
    public void Report(RunEvent value)
    {
        if (value is not (StepStarted or ResourceFinished or HostFailed or HostFinished))
        {
            return;
        }

        lock (_lock)
        {
            // The steps of a host run one after another: what happens next there ends the one before.
            var now = time.GetTimestamp();
            if (_steps.FindLastIndex(s => s.Host == value.Host) is >= 0 and var last && _steps[last].To == long.MaxValue)
            {
                _steps[last] = _steps[last] with { To = now };
            }

            if (value is StepStarted step)
            {
                _steps.Add((step.Host, $"{step.Host.Name}: {Redaction.Clean(step.Step.Describe())}", now, long.MaxValue));
            }
        }
    }

    /// <summary>The steps that ran at a timestamp, at most one a host; where none did, the one that had ended last.</summary>
    public IReadOnlyList<string> At(long moment)
    {
        lock (_lock)
        {
            var running = _steps.Where(s => s.From <= moment && s.To >= moment).Select(s => s.Step).ToList();
            return running.Count > 0 ? running : [.. _steps.Where(s => s.To < moment).OrderBy(s => s.To).TakeLast(1).Select(s => "after " + s.Step)];
        }
    }
}
