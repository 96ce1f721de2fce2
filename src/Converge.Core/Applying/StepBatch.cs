using System;
using System.Collections.Generic;
using System.Linq;
using Converge.Graph;
using Converge.Sessions;

namespace Converge.Applying;

/// <summary>
/// The steps of the resources of one wave on one host, as items of one exchange. Leading steps that may be pooled run once for all who want
/// them (packages go into one transaction); resources that share a pooled step share its fate.
/// </summary>
internal sealed class StepBatch
{
    private readonly List<(Step Step, List<NodeRun> Wanted)> _steps = [];
    private readonly Dictionary<NodeRun, int> _groups = [];
    private readonly ILookup<int, int> _byGroup;

    /// <exception cref="ConvergeException">A step's content needs a fact that the host does not have.</exception>
    /// <param name="nodes">Whose steps.</param>
    /// <param name="facts">Of the host.</param>
    /// <param name="keep">What to do before a step so that it can be undone; null: nothing.</param>
    public StepBatch(IReadOnlyList<NodeRun> nodes, HostFacts facts, Func<NodeRun, Step, Step?>? keep = null)
    {
        var rest = new Dictionary<NodeRun, IReadOnlyList<Step>>();
        var pools = new List<Pool>();
        foreach (var node in nodes)
        {
            var steps = node.Diff.Changes.SelectMany(c => c.Steps).ToList();
            var leading = steps.TakeWhile(s => s is RunProgram { Pooled: not null }).Cast<RunProgram>().ToList();
            rest[node] = steps[leading.Count..];
            _groups[node] = _groups.Count;
            AddToPools(pools, node, leading);
        }

        _steps.AddRange(pools.Select(p => ((Step)(p.Key with { Pooled = [.. p.Items.Distinct()] }), p.Wanted)));
        _steps.AddRange(nodes.SelectMany(n => rest[n].SelectMany(s => keep?.Invoke(n, s) is { } before ? [before, s] : new[] { s }).Select(s => (s, new List<NodeRun> { n }))));
        _byGroup = Enumerable.Range(0, _steps.Count).ToLookup(i => _groups[_steps[i].Wanted[0]]);
        Items = [.. _steps.Select(s => new StepItem(s.Step, Payload(s.Step, facts), _groups[s.Wanted[0]]))];
    }

    public IReadOnlyList<ExchangeItem> Items { get; }

    /// <summary>Who wanted an item, the first of them standing for all in progress messages.</summary>
    public (ResourceNode Node, Step Step) this[int index] => (_steps[index].Wanted[0].Node, _steps[index].Step);

    /// <summary>The steps of a node with their results, those that were not run left out.</summary>
    public IReadOnlyList<(Step Step, ItemResult Result)> ResultsOf(NodeRun node, IReadOnlyList<ItemResult> results) =>
        [.. _byGroup[_groups[node]].Select(i => (_steps[i].Step, _steps[i].Wanted, Result: results[i]))
            .Where(s => s.Wanted.Contains(node) || !Succeeded(s.Step, s.Result))
            .Where(s => s.Result.Answer is not null || s.Result.TimedOut).Select(s => (s.Step, s.Result))];

    /// <summary>How many steps it wanted.</summary>
    public int CountOf(NodeRun node) => _steps.Count(s => s.Wanted.Contains(node));

    /// <summary>Whether any of these items is a step that it wanted.</summary>
    public bool Concerns(NodeRun node, IReadOnlySet<int> items) => items.Any(i => _steps[i].Wanted.Contains(node));

    public static bool Succeeded(Step step, ItemResult result) =>
        !result.TimedOut && result.Answer is { } answer && (step is RunProgram run ? run.SuccessCodes.Contains(answer.ExitCode) : answer.ExitCode == 0);

    /// <summary>Whether any of its steps ran for others too.</summary>
    public bool IsPooled(NodeRun node) => _steps.Exists(s => s.Wanted.Count > 1 && s.Wanted.Contains(node));

    private void AddToPools(List<Pool> pools, NodeRun node, List<RunProgram> leading)
    {
        // Inserted right behind the pool of the step before, so that the order of each resource's own steps is kept: update, then install.
        var position = 0;
        foreach (var step in leading)
        {
            var at = pools.FindIndex(position, p => p.Accepts(step));
            if (at < 0)
            {
                at = NextPosition(pools, position, leading, step);
                pools.Insert(at, new Pool(step with { Pooled = [] }));
            }

            pools[at].Items.AddRange(step.Pooled!);
            pools[at].Wanted.Add(node);
            if (pools[at].Wanted.Count > 1)
            {
                Unite(pools[at].Wanted[0], node);
            }

            position = at + 1;
        }
    }

    // Before the pools that later steps of the same resource will join, else at the end.
    private static int NextPosition(List<Pool> pools, int position, List<RunProgram> leading, RunProgram step)
    {
        var later = leading.SkipWhile(s => s != step).Skip(1).Select(s => pools.FindIndex(position, p => p.Accepts(s))).Where(i => i >= 0);
        return later.DefaultIfEmpty(pools.Count).Min();
    }

    private void Unite(NodeRun first, NodeRun second)
    {
        var (keep, drop) = (_groups[first], _groups[second]);
        foreach (var member in _groups.Where(g => g.Value == drop).Select(g => g.Key).ToList())
        {
            _groups[member] = keep;
        }
    }

    private static ReadOnlyMemory<byte> Payload(Step step, HostFacts facts) => step switch
    {
        PutFile put => put.Content.Resolve(facts),
        RunProgram { Input: { } input } => input.Resolve(facts),
        _ => default,
    };

    private sealed record Pool(RunProgram Key)
    {
        public List<string> Items { get; } = [];

        public List<NodeRun> Wanted { get; } = [];

        // Lists inside records compare by reference: compare what matters explicitly.
        public bool Accepts(RunProgram step) =>
            step.Program == Key.Program && step.Arguments.SequenceEqual(Key.Arguments) && step.User == Key.User && step.Input is null && Key.Input is null
            && step.WorkingDirectory == Key.WorkingDirectory && step.Environment.OrderBy(e => e.Key).SequenceEqual(Key.Environment.OrderBy(e => e.Key));
    }
}
