using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Cli.Output;
using Converge.Planning;
using Converge.Sessions;

namespace Converge.Cli.Commands;

/// <summary><c>converge facts</c>: what the hosts say they are.</summary>
internal sealed class FactsVerb : ScriptVerb
{
    private FactsVerb(Surroundings surroundings, CommonOptions options)
        : base(surroundings, options)
    {
    }

    public static Command Create(Surroundings surroundings)
    {
        var verb = new Command("facts", "Print what the hosts are: distribution, memory, interfaces; changes nothing");
        var options = new CommonOptions();
        options.AddScriptTo(verb);
        options.AddConnectionTo(verb);
        verb.SetAction((parsed, ct) => new FactsVerb(surroundings, options).RunAsync(parsed, ct));
        return verb;
    }

    protected override async Task<int> RunAsync(RunSettings settings, IRunOutput output, ParseResult parsed, CancellationToken ct)
    {
        using var missing = Secret.AllowMissing();
        var graph = await LoadAsync(settings, output, ct);
        var hosts = SelectedHosts(settings, graph) ?? graph.Fleet.Hosts;
        var connector = Surroundings.Connect(settings);
        var asked = hosts.Select(host => (Host: host, Facts: AskAsync(connector, host, ct))).ToList();

        var failed = 0;
        foreach (var (host, answer) in asked)
        {
            try
            {
                var facts = await answer;
                output.Tell(FactsText.Of(host, facts), "facts", json => FactsText.Write(json, host, facts));
            }
            catch (ConvergeException e)
            {
                failed++;
                output.Failed($"{host.Name}: not reached\n  {e.Message}", e.Remedy);
            }
        }

        var code = failed == 0 ? ExitCode.Done : ExitCode.Failed;
        output.Finished(null, new Summary { Hosts = hosts.Count, Failed = failed, Exchanges = hosts.Count - failed, Duration = Elapsed }, code);
        return code;
    }

    private static async Task<HostFacts> AskAsync(IHostConnector connector, Host host, CancellationToken ct)
    {
        await using var session = await connector.ConnectAsync(host, ct);
        var results = await session.ExchangeAsync([new QuestionItem(FactsQuestion.Question, [])], null, ct);
        return FactsQuestion.Question.Read(results[0].Answer ?? throw new ProbeException("the host did not answer in time"));
    }
}
