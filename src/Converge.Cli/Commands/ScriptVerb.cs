using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Cli.Output;
using Converge.Graph;

namespace Converge.Cli.Commands;

/// <summary>A verb that starts from a script: reads the options, and turns what goes wrong into messages and exit codes.</summary>
internal abstract class ScriptVerb(Surroundings surroundings, CommonOptions options)
{
    protected Surroundings Surroundings { get; } = surroundings;

    protected long Started { get; } = surroundings.Time.GetTimestamp();

    protected TimeSpan Elapsed => Surroundings.Time.GetElapsedTime(Started);

    public async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        RunSettings settings;
        try
        {
            settings = options.Read(parsed);
        }
        catch (UsageException e)
        {
            return Misuse.Tell(Surroundings.Terminal, options.IsJson(parsed), e.Message, e.Remedy);
        }

        IRunOutput output = settings.Json
            ? new JsonOutput(Surroundings.Terminal.Out, settings.Verbose)
            : new TextOutput(Surroundings.Terminal, settings.Diff, settings.Verbose);
        return await GuardAsync(settings, output, parsed, ct);
    }

    /// <summary>Does the work and ends it with <see cref="IRunOutput.Finished"/>.</summary>
    protected abstract Task<int> RunAsync(RunSettings settings, IRunOutput output, ParseResult parsed, CancellationToken ct);

    /// <summary>What a wrong script or wrong use answers.</summary>
    protected virtual int WrongExitCode(ParseResult parsed) => ExitCode.Wrong;

    /// <summary>Compiles and runs the script, and builds the graph of its fleet.</summary>
    protected async Task<FleetGraph> LoadAsync(RunSettings settings, IRunOutput output, CancellationToken ct) =>
        FleetGraph.Build((await LoadScriptAsync(settings, output, ct)).Fleet);

    /// <summary>Compiles and runs the script.</summary>
    protected Task<LoadedScript> LoadScriptAsync(RunSettings settings, IRunOutput output, CancellationToken ct) =>
        Surroundings.Load(new ScriptRequest(settings.Script, settings.Variables, output.Note), ct);

    /// <summary>The hosts that <c>--hosts</c> selects; null: all.</summary>
    /// <exception cref="UsageException">The selector cannot be read, or means no host.</exception>
    protected static IReadOnlyList<Host>? SelectedHosts(RunSettings settings, FleetGraph graph)
    {
        try
        {
            return settings.Hosts is null ? null : HostSelector.Parse(settings.Hosts).Select(graph.Fleet);
        }
        catch (ConvergeException e)
        {
            throw new UsageException(e.Message, e.Remedy);
        }
    }

    protected RunOptions RunOptionsFor(RunSettings settings, FleetGraph graph, IRunOutput output) =>
        new() { Hosts = SelectedHosts(settings, graph), MaxImpact = settings.MaxImpact, Progress = output, Time = Surroundings.Time };

    private async Task<int> GuardAsync(RunSettings settings, IRunOutput output, ParseResult parsed, CancellationToken ct)
    {
        var code = ExitCode.Failed;
        try
        {
            return await RunAsync(settings, output, parsed, ct);
        }
        catch (ScriptException e)
        {
            output.Mistaken(e.Mistakes);
            code = WrongExitCode(parsed);
        }
        catch (UsageException e)
        {
            output.Failed(e.Message, e.Remedy);
            code = WrongExitCode(parsed);
        }
        catch (ConvergeException e)
        {
            output.Failed(e.Message, e.Remedy);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            output.Failed("stopped", null);
        }

        output.Finished(null, new Summary { Duration = Elapsed }, code);
        return code;
    }
}
