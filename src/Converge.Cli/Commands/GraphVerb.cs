using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Converge.Cli.Output;

namespace Converge.Cli.Commands;

/// <summary><c>converge graph</c>: the order of work as a Mermaid flowchart.</summary>
internal sealed class GraphVerb : ScriptVerb
{
    private GraphVerb(Surroundings surroundings, CommonOptions options)
        : base(surroundings, options)
    {
    }

    public static Command Create(Surroundings surroundings)
    {
        var verb = new Command("graph", "Print the resources and their order as a Mermaid flowchart; touches no host");
        var options = new CommonOptions();
        options.AddScriptTo(verb);
        options.AddSelectorTo(verb);
        verb.SetAction((parsed, ct) => new GraphVerb(surroundings, options).RunAsync(parsed, ct));
        return verb;
    }

    protected override async Task<int> RunAsync(RunSettings settings, IRunOutput output, ParseResult parsed, CancellationToken ct)
    {
        using var missing = Secret.AllowMissing();
        var graph = await LoadAsync(settings, output, ct);
        var hosts = SelectedHosts(settings, graph) ?? graph.Fleet.Hosts;
        var mermaid = MermaidText.Of(graph, hosts);
        output.Tell(mermaid, "graph", json => json.WriteString("mermaid", mermaid));
        output.Finished(null, new Summary { Hosts = hosts.Count, Duration = Elapsed }, ExitCode.Done);
        return ExitCode.Done;
    }
}
