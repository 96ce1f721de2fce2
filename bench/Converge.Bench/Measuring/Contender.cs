using System;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Bench.Measuring;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">As it is called in results.</param>
/// <param name="Run">One timed run.</param>
internal sealed record Contender(string Name, Func<CancellationToken, Task<Sample>> Run)
{
    /// <summary>Done before each run, untimed. Null: nothing.</summary>
    public Func<CancellationToken, Task>? Before { get; init; }

    /// <summary>Done after each run, untimed, also after one that failed. Null: nothing.</summary>
    public Func<Task>? After { get; init; }

    /// <summary>Slow ones need not run in each round. Default: all rounds.</summary>
    public int MostRounds { get; init; } = int.MaxValue;

    /// <summary>Whether a first run is thrown away, which fills caches. Default: yes.</summary>
    public bool WarmUp { get; init; } = true;

    /// <summary>A command as it is.</summary>
    public static Contender Of(string name, ShellCommand command) => new(name, ct => CommandTimer.TimeAsync(command, ct));
}
