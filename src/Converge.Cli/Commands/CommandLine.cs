using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Cli.Commands;

/// <summary>The whole command: its verbs, its help and its version.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration Parser = new()
    {
        // A leading @ is an ordinary character in selectors and commands for the lab, never a file of further arguments.
        ResponseFileTokenReplacer = null,
    };

    /// <summary>Of this program.</summary>
    public static string Version { get; } = typeof(CommandLine).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Runs one command line and gives its exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, Surroundings surroundings, CancellationToken ct)
    {
        var root = Root(surroundings);
        var parsed = root.Parse(arguments, Parser);
        if (parsed.Action is ParseErrorAction)
        {
            return Misuse.Tell(parsed, surroundings.Terminal);
        }

        var configuration = new InvocationConfiguration
        {
            Output = surroundings.Terminal.Out,
            Error = surroundings.Terminal.Error,
            EnableDefaultExceptionHandler = false,

            // Program.cs handles Ctrl-C: a clean stop may take longer than a fixed time.
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, ct);
    }

    private static Command Root(Surroundings surroundings)
    {
        var version = new Option<bool>("--version") { Description = "Print the version" };
        var root = new Command("converge", "Brings a fleet of Linux hosts to the state that a C# script describes, over SSH.")
        {
            new HelpOption { Action = new HelpWithExamples(), Recursive = true, Description = "Print this" },
            version,
            CheckVerb.Create(surroundings),
            PlanVerb.Create(surroundings),
            ApplyVerb.Create(surroundings),
            RenderVerb.Create(surroundings),
            GraphVerb.Create(surroundings),
            FactsVerb.Create(surroundings),
            DrillVerb.Create(surroundings),
            LabVerb.Create(surroundings),
        };
        version.Action = new PrintVersion(surroundings.Terminal.Out);
        return root;
    }

    private sealed class PrintVersion(System.IO.TextWriter output) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            output.WriteLine($"converge {Version}");
            return ExitCode.Done;
        }
    }
}
