using System.Linq;
using Converge.Cli.Output;
using Converge.Planning;

namespace Converge.Cli.Commands;

/// <summary><c>--max-impact</c>, held against a plan before anything is touched.</summary>
internal static class ImpactLimit
{
    /// <summary>Says what goes beyond the limit, if anything does, and what can only be judged at its turn.</summary>
    /// <returns>The plan keeps within the limit, as far as it is decided.</returns>
    public static bool Keeps(Plan plan, Impact? most, IRunOutput output)
    {
        if (most is not { } limit)
        {
            return true;
        }

        var beyond = plan.Resources.Where(r => ImpactSummary.Gravest(r.Changes) > limit).ToList();
        if (beyond.Count > 0)
        {
            var lines = beyond.SelectMany(r => r.Changes.Where(c => !c.Undecided && c.Impact > limit).Select(c => $"{r.Node.Id}: {ChangeLine.Of(c, new Paint(false))}"));
            output.Failed($"refused: {(beyond.Count == 1 ? "1 resource goes" : $"{beyond.Count} resources go")} beyond --max-impact {ChangeLine.Word(limit)}\n{string.Join('\n', lines)}", null);
            return false;
        }

        var open = plan.Resources.Count(r => r.Changes.Any(c => c.Undecided));
        if (open > 0)
        {
            output.Note($"{open} may change: what would go beyond --max-impact {ChangeLine.Word(limit)} is refused at its turn");
        }

        return true;
    }
}
