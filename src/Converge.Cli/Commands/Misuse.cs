using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;
using Converge.Cli.Output;

namespace Converge.Cli.Commands;

/// <summary>Answers a command line that makes no sense.</summary>
internal static class Misuse
{
    /// <summary>Tells what the parser did not understand, and what was probably meant.</summary>
    public static int Tell(ParseResult parsed, Terminal terminal)
    {
        var verb = string.Join(' ', parsed.CommandResult.Path());
        var message = string.Join('\n', parsed.Errors.Select(e => e.Message).Distinct());
        var meant = "";

        // A mistyped verb is also a missing one, and all its arguments are unknown: the first unknown word says it all.
        if (parsed.UnmatchedTokens is [var first, ..])
        {
            message = $"'{first}' is not understood";
            meant = Suggestions(parsed) is { Count: > 0 } names ? $"Did you mean {string.Join(" or ", names)}?\n" : "";
        }

        var json = parsed.Tokens.Any(t => t.Value == "--json") || parsed.UnmatchedTokens.Contains("--json");
        return Tell(terminal, json, message, $"{meant}To see how it is used:\n    {verb} --help");
    }

    /// <summary>Tells any other misuse.</summary>
    public static int Tell(Terminal terminal, bool json, string message, string? remedy)
    {
        IRunOutput output = json ? new JsonOutput(terminal.Out, verbose: false) : new TextOutput(terminal, diff: false, verbose: false);
        output.Failed(message, remedy);
        output.Finished(null, new Summary(), ExitCode.Wrong);
        return ExitCode.Wrong;
    }

    // The parser offers them only as text of its own error message, one a line behind a line that says so.
    private static List<string> Suggestions(ParseResult parsed)
    {
        using var said = new StringWriter();
        ((ParseErrorAction)parsed.Action!).ShowHelp = false;
        parsed.Invoke(new InvocationConfiguration { Output = said, Error = said });
        var lines = said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(parsed.Errors.Select(e => e.Message));
        return [.. lines.Where(l => !l.Contains(' ', StringComparison.Ordinal))];
    }
}
