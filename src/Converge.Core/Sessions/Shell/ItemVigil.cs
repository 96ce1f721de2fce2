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
    private int _moves = -1;
    private long _since;

    public TimeSpan DeadlineOf(ItemOutput item) => items[item.Index] is StepItem step ? step.Step.Deadline : options.QuestionDeadline;

    /// <summary>It runs on although the host must have killed it long ago; or nothing runs, and the host talks without going on.</summary>
    public bool IsStuck(ItemOutput? running, int moves, TimeSpan slack)
    {
        if (!ReferenceEquals(running, _seen) || moves != _moves)
        {
            (_seen, _moves, _since) = (running, moves, options.Time.GetTimestamp());
        }

        return options.Time.GetElapsedTime(_since) > (running is null ? options.QuestionDeadline : DeadlineOf(running)) + slack;
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
