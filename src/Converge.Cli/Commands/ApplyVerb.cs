using System;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Cli.Output;
using Converge.Cli.Saving;
using Converge.Graph;
using Converge.Planning;

namespace Converge.Cli.Commands;

/// <summary><c>converge apply</c>: shows the plan, asks, and does it.</summary>
internal sealed class ApplyVerb : ScriptVerb
{
    private static readonly TimeSpan UsualLockWait = TimeSpan.FromSeconds(60);

    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask" };
    private readonly Option<string?> _signers = new("--require-signature") { HelpName = "ALLOWED_SIGNERS", Description = "Refuse a saved plan that none of these has signed (see ALLOWED SIGNERS in ssh-keygen(1))" };
    private readonly Option<int?> _lockWait = new("--lock-wait") { HelpName = "SECONDS", Description = "How long to wait for another run that has a host's lock (60); 0 fails at once" };
    private readonly ProbeOptions _probe = new();
    private readonly Option<int> _mostFailed = new("--max-failed") { HelpName = "N", Description = "Stop when more probes than this failed (0)" };

    private ApplyVerb(Surroundings surroundings, CommonOptions options, Command verb)
        : base(surroundings, options)
    {
        verb.Options.Add(_yes);
        verb.Options.Add(_signers);
        verb.Options.Add(_lockWait);
        _probe.AddTo(verb);
        verb.Options.Add(_mostFailed);
    }

    public static Command Create(Surroundings surroundings)
    {
        var verb = new Command("apply", "Bring the hosts to the described state, after showing the plan and asking");
        var options = new CommonOptions();
        var apply = new ApplyVerb(surroundings, options, verb);
        options.AddScriptOrPlanTo(verb);
        options.AddConnectionTo(verb);
        options.AddPlanTo(verb);
        verb.SetAction(apply.RunAsync);
        return verb;
    }

    protected override async Task<int> RunAsync(RunSettings settings, IRunOutput output, ParseResult parsed, CancellationToken ct)
    {
        var mustAsk = !parsed.GetValue(_yes);
        if (mustAsk && (settings.Json || !Surroundings.Terminal.CanAsk))
        {
            throw new UsageException("there is no terminal to ask for consent on", "To apply without being asked:\n    converge apply --yes " + ShellQuote.ForReading(settings.Script));
        }

        if (parsed.GetValue(_lockWait) is < 0 or > 86400)
        {
            throw new UsageException("--lock-wait takes 0 to 86400 seconds");
        }

        await using var watch = new ProbeWatch(_probe.Read(parsed), parsed.GetValue(_mostFailed), Surroundings.Time, output);
        var (graph, options) = await PrepareAsync(settings, parsed.GetValue(_signers), output, ct);
        await using var run = new FleetRun(graph, Surroundings.Connect(settings), options with
        {
            LockWait = parsed.GetValue(_lockWait) is { } seconds ? TimeSpan.FromSeconds(seconds) : UsualLockWait,
            Progress = watch,
            Retreat = watch.LimitPassed,
            Watch = watch.Afterwards,
        });
        var plan = await run.PlanAsync(ct);
        output.Planned(plan, Summary.Of(plan, Elapsed, run.Exchanges));
        if (!ImpactLimit.Keeps(plan, settings.MaxImpact, output) || (mustAsk && plan.HasChanges && !await ConsentAsync(plan, ct)))
        {
            output.Finished("Nothing was changed.", new Summary { Hosts = plan.Hosts.Count, Duration = Elapsed, Exchanges = run.Exchanges }, ExitCode.Failed);
            return ExitCode.Failed;
        }

        await watch.StartAsync(ct);
        output.Applying(begins: true);
        var report = await run.ApplyAsync(plan, Surroundings.StopNow, noMoreSteps: ct);
        var probed = await watch.StopAsync();
        output.Applying(begins: false);

        var counts = Summary.Of(report) with { Duration = Elapsed, Probe = probed };
        var code = report.Succeeded && !watch.LimitPassed.IsCancellationRequested ? ExitCode.Done : ExitCode.Failed;
        output.Finished(RunLine.Last(report, counts), counts, code);
        return code;
    }

    private async Task<(FleetGraph Graph, RunOptions Options)> PrepareAsync(RunSettings settings, string? signers, IRunOutput output, CancellationToken ct)
    {
        if (settings.Script.EndsWith(SavedPlanFile.Extension, StringComparison.Ordinal))
        {
            var opened = await OpenedPlan.OpenAsync(settings, signers, Surroundings.PlanKey, output, ct);
            var script = await LoadScriptAsync(opened.Settings(settings), output, ct);
            opened.RequireScript(script);
            var planned = FleetGraph.Build(script.Fleet);
            return (planned, RunOptionsFor(settings, planned, output) with { Hosts = opened.Hosts(script.Fleet), Saved = opened.Plan, SavedKey = opened.Key });
        }

        if (signers is not null)
        {
            throw new UsageException("--require-signature is about saved plans, and this is none", "To save and sign one:\n    converge plan SCRIPT --out NAME.plan --sign KEY");
        }

        var graph = await LoadAsync(settings, output, ct);
        return (graph, RunOptionsFor(settings, graph, output));
    }

    private async Task<bool> ConsentAsync(Plan plan, CancellationToken ct)
    {
        var hosts = plan.Hosts.Count(h => h.Resources.Any(r => r.Changes.Count > 0));
        var terminal = Surroundings.Terminal;
        await terminal.Out.WriteAsync($"\nApply this to {PlanText.Hosts(hosts)}? [y/N] ");
        await terminal.Out.FlushAsync(ct);

        // Reading a console cannot be cancelled: whoever waits for the answer can.
        var answer = await Task.Run(terminal.In.ReadLine, ct).WaitAsync(ct);
        return answer?.Trim() is { } word && (word.Equals("y", StringComparison.OrdinalIgnoreCase) || word.Equals("yes", StringComparison.OrdinalIgnoreCase));
    }
}
