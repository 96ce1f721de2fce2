using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Cli.Output;
using Converge.Cli.Saving;
using Converge.Graph;
using Converge.Planning;

namespace Converge.Cli.Commands;

/// <summary><c>converge plan</c>: what would be changed, with nothing changed.</summary>
internal sealed class PlanVerb : ScriptVerb
{
    private readonly Option<bool> _detailed = new("--detailed-exitcode") { Description = "Answer 2 when something has to change, 1 on any error" };
    private readonly Option<string?> _out = new("--out") { HelpName = "FILE", Description = "Save the plan as NAME.plan, for apply to do exactly that" };
    private readonly Option<string?> _sign = new("--sign") { HelpName = "KEY", Description = "Sign the saved plan with this SSH key, into NAME.plan.sig" };

    private PlanVerb(Surroundings surroundings, CommonOptions options)
        : base(surroundings, options)
    {
    }

    public static Command Create(Surroundings surroundings)
    {
        var verb = new Command("plan", "Show what apply would change; changes nothing");
        var options = new CommonOptions();
        var plan = new PlanVerb(surroundings, options);
        verb.Options.Add(plan._detailed);
        verb.Options.Add(plan._out);
        verb.Options.Add(plan._sign);
        options.AddScriptTo(verb);
        options.AddConnectionTo(verb);
        options.AddPlanTo(verb);
        verb.SetAction((parsed, ct) => plan.RunAsync(parsed, ct));
        return verb;
    }

    protected override int WrongExitCode(ParseResult parsed) => parsed.GetValue(_detailed) ? ExitCode.Failed : ExitCode.Wrong;

    protected override async Task<int> RunAsync(RunSettings settings, IRunOutput output, ParseResult parsed, CancellationToken ct)
    {
        var (file, signer) = (parsed.GetValue(_out), parsed.GetValue(_sign));
        if (file?.EndsWith(SavedPlanFile.Extension, StringComparison.Ordinal) == false)
        {
            throw new UsageException($"--out {file} is no name of a saved plan, by which apply knows it", $"For example:\n    --out site{SavedPlanFile.Extension}");
        }

        if (signer is not null && file is null)
        {
            throw new UsageException("--sign signs the plan that --out saves, and there is no --out");
        }

        var script = await LoadScriptAsync(settings, output, ct);
        var graph = FleetGraph.Build(script.Fleet);
        await using var run = new FleetRun(graph, Surroundings.Connect(settings), RunOptionsFor(settings, graph, output));
        var plan = await run.PlanAsync(ct);

        var counts = Summary.Of(plan, Elapsed, run.Exchanges);
        var pending = parsed.GetValue(_detailed) && plan.HasChanges;
        output.Planned(plan, counts);
        var good = ImpactLimit.Keeps(plan, settings.MaxImpact, output) && !plan.HasFailures;
        var code = !good ? ExitCode.Failed : pending ? ExitCode.ChangesPending : ExitCode.Done;
        if (good && file is not null)
        {
            await SaveAsync(plan, file, signer, settings, script, output, ct);
        }
        else if (file is not null)
        {
            output.Failed("the plan is not saved: it has failures, or does more than is allowed", null);
        }

        output.Finished(null, counts, code);
        return code;
    }

    private async Task SaveAsync(Plan plan, string file, string? signer, RunSettings settings, LoadedScript script, IRunOutput output, CancellationToken ct)
    {
        var key = Surroundings.PlanKey();
        var identity = ScriptIdentity.Of(settings.Script, file, script, settings.Variables, key);
        SavedPlanFile.Write(file, SavedPlan.Of(plan, identity, key, CommandLine.Version, Surroundings.Time.GetUtcNow()), key);

        // A signature that is there belongs to an older plan.
        File.Delete(PlanSignature.PathOf(file));
        if (signer is not null)
        {
            await PlanSignature.SignAsync(file, SavedPlanFile.ReadBytes(file), signer, ct);
        }

        output.Tell($"Saved{(signer is null ? "" : " and signed")}. To do exactly this:\n    converge apply {ShellQuote.ForReading(file)}\n", "plan-saved", json => json.WriteString("file", file));
    }
}
