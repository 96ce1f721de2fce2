using System.Collections.Generic;

namespace Converge;

/// <summary>A script that has run.</summary>
/// <param name="Fleet">What it describes. Not yet validated; its <see cref="Fleet.Mistakes"/> may say what was wrong while it ran.</param>
/// <param name="Variables">What <c>--var</c> can set, in the order of the script.</param>
/// <param name="Compiled">It had to be compiled: nothing in the cache fitted.</param>
public sealed record LoadedScript(Fleet Fleet, IReadOnlyList<Variable> Variables, bool Compiled)
{
    /// <summary>The bytes of the script and of every file that it loads or refers to, by absolute path; null where there is none to read.</summary>
    public IReadOnlyDictionary<string, byte[]?> Files { get; init; } = new Dictionary<string, byte[]?>();
}
