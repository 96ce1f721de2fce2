using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Cli.Output;

namespace Converge.Cli.Commands;

/// <summary>The whole command: verbs, help, and what happens when the command line makes no sense.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration Parser = new()
    {
        // A leading @ is an ordinary character in selectors and commands for the lab, never a file of further arguments.
        ResponseFileTokenReplacer = null,
    };

    /// <summary>Runs one command line and gives its exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, Surroundings surroundings, CancellationToken ct)
    {
        var parsed = Root(surroundings).Parse(arguments, Parser);
        var configuration = new InvocationConfiguration
        {
            Output = surroundings.Terminal.Out,
            Error = surroundings.Terminal.Error,
            EnableDefaultExceptionHandler = false,

            // Program.cs handles Ctrl-C: a clean stop may take longer than a fixed time.
            ProcessTerminationTimeout = null,
        };
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            return Misused(parsed, arguments, surroundings.Terminal);
        }

        return await parsed.InvokeAsync(configuration, ct);
    }

    internal static RootCommand Root(Surroundings surroundings)
    {
        var root = new RootCommand("Brings a fleet of Linux hosts to the state that a C# script describes, over SSH.")
        {
            CheckVerb.Create(surroundings),
            PlanVerb.Create(surroundings),
            ApplyVerb.Create(surroundings),
            RenderVerb.Create(surroundings),
            GraphVerb.Create(surroundings),
            FactsVerb.Create(surroundings),
        };
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples();
        }

        return root;
    }

    private static int Misused(ParseResult parsed, string[] arguments, Terminal terminal)
    {
        var message = string.Join('\n', parsed.Errors.Select(e => e.Message).Distinct());
        var path = string.Join(' ', parsed.CommandResult.Path());
        if (arguments.Contains("--json"))
        {
            var output = new JsonOutput(terminal.Out, verbose: false);
            output.Failed(message, null);
            output.Finished(null, new Summary(), ExitCode.Wrong);
        }
        else
        {
            new TextOutput(terminal, diff: false, verbose: false).Failed(message, $"To see how it is used:\n    {path} --help");
        }

        return ExitCode.Wrong;
    }
}
