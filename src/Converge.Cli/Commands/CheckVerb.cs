using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Converge.Cli.Output;

namespace Converge.Cli.Commands;

/// <summary><c>converge check</c>: compiles and validates, touches no host and needs no secret.</summary>
internal sealed class CheckVerb : ScriptVerb
{
    private CheckVerb(Surroundings surroundings, CommonOptions options)
        : base(surroundings, options)
    {
    }

    public static Command Create(Surroundings surroundings)
    {
        var verb = new Command("check", "Compile and validate a script; touches no host and needs no secrets");
        var options = new CommonOptions();
        options.AddScriptTo(verb);
        verb.SetAction((parsed, ct) => new CheckVerb(surroundings, options).RunAsync(parsed, ct));
        return verb;
    }

    protected override async Task<int> RunAsync(RunSettings settings, IRunOutput output, ParseResult parsed, CancellationToken ct)
    {
        using var missing = Secret.AllowMissing();
        var graph = await LoadAsync(settings, output, ct);
        var (hosts, resources) = (graph.Fleet.Hosts.Count, graph.Nodes.Count);

        var secrets = missing.Names.Count > 0 ? $"Not set, and needed by plan and apply: {string.Join(", ", missing.Names)}\n" : "";
        output.Tell($"{settings.Script}: {PlanText.Hosts(hosts)}, {Resources(resources)}, no mistakes\n{secrets}", "checked", json =>
        {
            json.WriteNumber("resources", resources);
            JsonFields.WriteStrings(json, "missingSecrets", missing.Names);
        });
        output.Finished(null, new Summary { Hosts = hosts, Duration = Elapsed }, ExitCode.Done);
        return ExitCode.Done;
    }

    private static string Resources(int count) => count == 1 ? "1 resource" : $"{count} resources";
}
