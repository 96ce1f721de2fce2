using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Converge.Applying;

/// <summary>The changes of one batch of hosts, which wait until it is their turn.</summary>
internal sealed class Turn(IReadOnlyList<Host> hosts, IReadOnlyList<NodeRun> nodes)
{
    private readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _concluded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Host> Hosts { get; } = hosts;

    public IReadOnlyList<NodeRun> Nodes { get; } = nodes;

    /// <summary>The hosts on which something is reloaded or restarted, as far as is known.</summary>
    public IEnumerable<Host> Disturbed => Nodes.Where(n => n.Disturbs).Select(n => n.Node.Host).Distinct();

    /// <summary>The batches before it.</summary>
    public IReadOnlyList<Turn> Before { get; init; } = [];

    /// <summary>Why it never will be its turn, or what went wrong in it; null when all is well.</summary>
    public string? Cause { get; private set; }

    public Task Came => _came.Task;

    /// <summary>Its gates have decided, and its hosts are back in the traffic.</summary>
    public Task Concluded => _concluded.Task;

    public IEnumerable<NodeRun> NodesBefore => Before.SelectMany(t => t.Nodes);

    /// <summary>Lets the batch begin, or gives it up.</summary>
    public void Come(string? cause = null)
    {
        Cause = cause;
        _came.TrySetResult();
    }

    /// <summary>Lets begin what depends on the batch, or gives it up.</summary>
    public void Conclude(string? cause)
    {
        Cause = cause;
        _concluded.TrySetResult();
    }

    /// <summary>Lets its changes go without a turn.</summary>
    public void Dissolve()
    {
        foreach (var node in Nodes)
        {
            node.Turns.Remove(this);
        }
    }
}
