using System;
using System.Collections.Generic;
using Converge.Sessions;

namespace Converge.Applying;

/// <summary>Tells how far the steps of one exchange are.</summary>
internal sealed class WaveProgress(Host host, StepBatch steps, Action<RunEvent> tell) : IProgress<ItemProgress>
{
    /// <summary>Items whose start was told.</summary>
    public HashSet<int> Begun { get; } = [];

    public void Report(ItemProgress value)
    {
        if (value.Index >= steps.Items.Count)
        {
            return;
        }

        var (node, step) = steps[value.Index];
        if (value.Phase == ItemPhase.Started)
        {
            Begun.Add(value.Index);
            tell(new StepStarted(host, node, step));
        }
        else if (value.Phase == ItemPhase.Output)
        {
            tell(new StepOutput(host, node, Redaction.Clean(value.Line ?? "")));
        }
    }
}
