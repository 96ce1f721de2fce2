using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Converge.Graph;
using Converge.Planning;

namespace Converge.Applying;

/// <summary>Where one resource stands in a run. Written only by the worker of its host; others read it after <see cref="Done"/>.</summary>
internal sealed class NodeRun(ResourceNode node)
{
    // The last exchange of its host in which its steps or those of anything before it ran.
    private int _lastChange;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ResourceNode Node { get; } = node;

    /// <summary>What must be done first, as far as it is part of this run.</summary>
    public IReadOnlyList<NodeRun> Dependencies { get; set; } = [];

    /// <summary>What is planned before it, on whichever host.</summary>
    public IReadOnlyList<NodeRun> Pending { get; set; } = [];

    /// <summary>The batches that it is changed with.</summary>
    public List<Turn> Turns { get; } = [];

    public ProbeAnswers? Answers { get; set; }

    public NodeDiff Diff { get; set; } = NodeDiff.Nothing;

    /// <summary>Why it must not be touched, whatever its diff says; null when it may.</summary>
    public Failure? Refusal { get; set; }

    /// <summary>What is refused changes nothing, whatever it would need.</summary>
    public ResourcePlan Plan => new(Node, Refusal is null ? Diff.Changes : [], Refusal ?? Diff.Failure) { State = Diff.State };

    /// <summary>The diff was made while something before it still had to change, so it is made again when it is its turn.</summary>
    public bool Provisional { get; set; }

    /// <summary>The exchange of its host in which it was last asked.</summary>
    public int ProbedAt { get; set; }

    /// <summary>The exchange of its host in which its steps ran; 0: none did.</summary>
    public int ChangedAt { get; set; }

    public ResourceResult? Result { get; private set; }

    /// <summary>The failure at the root of everything that failed or was skipped before it; null when all went well.</summary>
    public string? Cause { get; private set; }

    public Task Done => _done.Task;

    public bool IsDone => _done.Task.IsCompleted;

    public bool IsReady => !IsDone && Dependencies.All(d => d.IsDone) && Turns.All(t => t.Came.IsCompleted);

    /// <summary>The failure of something before it, for which it is not done.</summary>
    public string? CauseBefore => Dependencies.Select(d => d.Cause).Concat(Turns.Select(t => t.Cause)).FirstOrDefault(c => c is not null);

    /// <summary>Something that it depends on, on its own host, changed after it was last asked. To be asked of what is ready only.</summary>
    public bool IsStale => LastChangeBefore() > ProbedAt || Diff.Changes.Any(c => c.Undecided);

    /// <summary>What it depends on directly, on its own host.</summary>
    public IEnumerable<NodeRun> Before => Dependencies.Where(d => d.Node.Host == Node.Host);

    public void Finish(ResourceResult result, string? cause = null)
    {
        Result = result;
        Cause = cause ?? (result.Outcome == Outcome.Failed ? $"{Node.Id} failed" : CauseBefore);
        _lastChange = Math.Max(ChangedAt, LastChangeBefore());
        _done.TrySetResult();
    }

    private int LastChangeBefore() => Before.Select(d => d._lastChange).DefaultIfEmpty(0).Max();
}
