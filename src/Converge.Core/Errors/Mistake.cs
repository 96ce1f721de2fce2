using System.Collections.Generic;
using System.Linq;

namespace Converge;

/// <summary>Something in a script that is wrong, found before any host is touched.</summary>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="At">Where it was declared; several places when they contradict each other.</param>
public sealed record Mistake(string Message, params IReadOnlyList<SourceLocation> At)
{
    /// <summary>What to do, or "did you mean"; null when the message says it all.</summary>
    public string? Remedy { get; init; }

    /// <summary><c>foobar.csx:41:5: message</c>, further places and the remedy on lines of their own.</summary>
    public override string ToString()
    {
        var first = At.Count > 0 ? $"{At[0]}: {Message}" : Message;
        var others = At.Skip(1).Select(place => $"\n    also at {place}");
        return first + string.Concat(others) + (Remedy is null ? "" : $"\n    {Remedy}");
    }
}

/// <summary>A script does not compile or describes a fleet that cannot be; carries every mistake that was found.</summary>
public sealed class ScriptException(IReadOnlyList<Mistake> mistakes)
    : ConvergeException(string.Join('\n', mistakes))
{
    /// <summary>All mistakes, in the order of the script.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; } = mistakes;
}
