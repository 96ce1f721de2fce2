using System.Collections.Generic;
using System.CommandLine.Parsing;

namespace Converge.Cli.Commands;

internal static class CommandPath
{
    /// <summary>The words that lead to a verb: <c>converge lab exec</c>.</summary>
    public static IReadOnlyList<string> Path(this CommandResult result)
    {
        var words = new List<string>();
        for (SymbolResult? at = result; at is CommandResult command; at = command.Parent)
        {
            words.Insert(0, command.Command.Name);
        }

        return words;
    }
}
