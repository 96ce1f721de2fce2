using System;
using System.Collections.Generic;

namespace Converge.Sessions.Shell;

/// <summary>
/// The controller's own watch over the item that runs. The host enforces deadlines; this notices the host that could not, and the item that
/// prints without end.
/// </summary>
internal sealed class ItemVigil(IReadOnlyList<ExchangeItem> items, SessionOptions options)
{
    private ItemOutput? _seen;
    private ItemOutput? _halted;
    private long _since;

    public TimeSpan DeadlineOf(ItemOutput item) => items[item.Index] is StepItem step ? step.Step.Deadline : options.QuestionDeadline;

    /// <summary>It runs on although the host must have killed it long ago.</summary>
    public bool IsStuck(ItemOutput? running, TimeSpan slack)
    {
        if (!ReferenceEquals(running, _seen))
        {
            (_seen, _since) = (running, options.Time.GetTimestamp());
        }

        return running is not null && options.Time.GetElapsedTime(_since) > DeadlineOf(running) + slack;
    }

    /// <summary>The item that has to be stopped because of what it prints; each once.</summary>
    public int? FloodOf(ItemOutput? running)
    {
        if (running is not { IsFlooding: true } || ReferenceEquals(running, _halted))
        {
            return null;
        }

        _halted = running;
        return running.Index;
    }

    public string Describe(ItemOutput item) => items[item.Index] switch
    {
        StepItem step => step.Step.Describe(),
        QuestionItem question => $"question {question.Question.Name}",
        LockItem => "the lock",
        var other => other.ToString(),
    };
}
