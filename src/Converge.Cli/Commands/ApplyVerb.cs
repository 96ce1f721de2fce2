using System;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Cli.Output;
using Converge.Planning;

namespace Converge.Cli.Commands;

/// <summary><c>converge apply</c>: shows the plan, asks, and does it.</summary>
internal sealed class ApplyVerb : ScriptVerb
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask" };
    private readonly ProbeOptions _probe = new();
    private readonly Option<int> _mostFailed = new("--max-failed") { HelpName = "N", Description = "Stop when more probes than this failed (0)" };

    private ApplyVerb(Surroundings surroundings, CommonOptions options, Command verb)
        : base(surroundings, options)
    {
        verb.Options.Add(_yes);
        _probe.AddTo(verb);
        verb.Options.Add(_mostFailed);
    }

    public static Command Create(Surroundings surroundings)
    {
        var verb = new Command("apply", "Bring the hosts to the described state, after showing the plan and asking");
        var options = new CommonOptions();
        var apply = new ApplyVerb(surroundings, options, verb);
        options.AddScriptTo(verb);
        options.AddConnectionTo(verb);
        options.AddDetailTo(verb);
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

        await using var watch = new ProbeWatch(_probe.Read(parsed), parsed.GetValue(_mostFailed), Surroundings.Time, output);
        var graph = await LoadAsync(settings, output, ct);
        await using var run = new FleetRun(graph, Surroundings.Connect(settings), RunOptionsFor(settings, graph, output) with
        {
            Progress = watch,
            Retreat = watch.LimitPassed,
            Watch = watch.Afterwards,
        });
        var plan = await run.PlanAsync(ct);
        output.Planned(plan, Summary.Of(plan, Elapsed, run.Exchanges));
        if (mustAsk && plan.HasChanges && !await ConsentAsync(plan, ct))
        {
            output.Finished("Nothing was changed.", new Summary { Hosts = plan.Hosts.Count, Duration = Elapsed, Exchanges = run.Exchanges }, ExitCode.Failed);
            return ExitCode.Failed;
        }

        await watch.StartAsync(ct);
        output.Applying(begins: true);
        var report = await run.ApplyAsync(plan, ct);
        var probed = await watch.StopAsync();
        output.Applying(begins: false);

        var counts = Summary.Of(report) with { Duration = Elapsed, Probe = probed };
        var code = report.Succeeded && !watch.LimitPassed.IsCancellationRequested ? ExitCode.Done : ExitCode.Failed;
        output.Finished(RunLine.Last(report, counts), counts, code);
        return code;
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
