using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Converge.Cli.Output;
using Converge.Planning;
using Converge.Sessions;

namespace Converge.Cli.Commands;

/// <summary>What the command takes from outside, so that tests can run it without a terminal, a compiler or a host.</summary>
internal sealed record Surroundings
{
    public required Terminal Terminal { get; init; }

    /// <summary>Runs a script and gives its fleet.</summary>
    public required Func<ScriptRequest, CancellationToken, Task<LoadedScript>> Load { get; init; }

    /// <summary>Opens sessions to the hosts.</summary>
    public required Func<RunSettings, IHostConnector> Connect { get; init; }

    /// <summary>The key of saved plans; only asked for when one is saved or applied.</summary>
    public Func<PlanKey> PlanKey { get; init; } = () => Planning.PlanKey.OfFile(Planning.PlanKey.DefaultPath);

    /// <summary>
    /// What runs on the hosts is to be stopped at once. The token that a verb is given asks before that for an orderly end: until something is
    /// changed, that is the same.
    /// </summary>
    public CancellationToken StopNow { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>A script that is to be run.</summary>
/// <param name="Path">As the user typed it.</param>
/// <param name="Variables">Values of <c>--var</c>.</param>
/// <param name="Progress">Told what takes a moment, ending in an ellipsis, and what is amiss.</param>
internal sealed record ScriptRequest(string Path, IReadOnlyDictionary<string, string> Variables, Action<string> Progress);
