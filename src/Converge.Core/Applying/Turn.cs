using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Converge.Applying;

/// <summary>The changes of one batch of hosts, which wait until it is their turn.</summary>
internal sealed class Turn(IReadOnlyList<Host> hosts, IReadOnlyList<NodeRun> nodes)
{
    private readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Host> Hosts { get; } = hosts;

    public IReadOnlyList<NodeRun> Nodes { get; } = nodes;

    /// <summary>The batches before it.</summary>
    public IReadOnlyList<Turn> Before { get; init; } = [];

    /// <summary>Why it never will be its turn; null when it came.</summary>
    public string? Cause { get; private set; }

    public Task Came => _came.Task;

    public IEnumerable<NodeRun> NodesBefore => Before.SelectMany(t => t.Nodes);

    /// <summary>Lets the batch begin, or gives it up.</summary>
    public void Come(string? cause = null)
    {
        Cause = cause;
        _came.TrySetResult();
    }
}
