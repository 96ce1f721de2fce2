using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Cli.Output;

namespace Converge.Cli.Commands;

/// <summary><c>converge plan</c>: what would be changed, with nothing changed.</summary>
internal sealed class PlanVerb : ScriptVerb
{
    private readonly Option<bool> _detailed;

    private PlanVerb(Surroundings surroundings, CommonOptions options, Option<bool> detailed)
        : base(surroundings, options) => _detailed = detailed;

    public static Command Create(Surroundings surroundings)
    {
        var verb = new Command("plan", "Show what apply would change; changes nothing");
        var options = new CommonOptions();
        var detailed = new Option<bool>("--detailed-exitcode") { Description = "Answer 2 when something has to change, 1 on any error" };
        verb.Options.Add(detailed);
        options.AddScriptTo(verb);
        options.AddConnectionTo(verb);
        options.AddPlanTo(verb);
        verb.SetAction((parsed, ct) => new PlanVerb(surroundings, options, detailed).RunAsync(parsed, ct));
        return verb;
    }

    protected override int WrongExitCode(ParseResult parsed) => parsed.GetValue(_detailed) ? ExitCode.Failed : ExitCode.Wrong;

    protected override async Task<int> RunAsync(RunSettings settings, IRunOutput output, ParseResult parsed, CancellationToken ct)
    {
        var graph = await LoadAsync(settings, output, ct);
        await using var run = new FleetRun(graph, Surroundings.Connect(settings), RunOptionsFor(settings, graph, output));
        var plan = await run.PlanAsync(ct);

        var counts = Summary.Of(plan, Elapsed, run.Exchanges);
        var pending = parsed.GetValue(_detailed) && plan.HasChanges;
        output.Planned(plan, counts);
        var good = ImpactLimit.Keeps(plan, settings.MaxImpact, output) && !plan.HasFailures;
        var code = !good ? ExitCode.Failed : pending ? ExitCode.ChangesPending : ExitCode.Done;
        output.Finished(null, counts, code);
        return code;
    }
}
