using System;
using System.Linq;
using Converge.Applying;

namespace Converge.Cli.Output;

/// <summary>The lasting line, or block of lines, of an event of an apply.</summary>
internal static class RunLine
{
    /// <summary>Null: not worth a line.</summary>
    public static string? Of(RunEvent happened, Paint paint, bool verbose) => happened switch
    {
        ResourceFinished finished => Of(finished.Result, paint, verbose),
        HostFailed failed => FailureBlock.Of(failed.Failure, paint),
        StepStarted step when verbose => paint.Dim($"{step.Host}: $ {Redaction.Clean(step.Step.Describe())}") + "\n",
        StepOutput output when verbose => paint.Dim($"{output.Host}: | {Redaction.Clean(output.Line)}") + "\n",
        GateAsked { Why: null } gate => $"{gate.Host}: {paint.Green("passed")} {gate.Gate}\n",
        GateAsked gate => $"{gate.Host}: {paint.Red("failed")} {gate.Gate}: {gate.Why}\n",
        HostUndone undone => Of(undone, paint),
        _ => null,
    };

    private static string Of(HostUndone undone, Paint paint) =>
        $"{undone.Host}: {paint.Yellow("undone")} {string.Join(", ", undone.Undone.Resources.Select(r => Redaction.Clean(r.Resource.ToString())))} ({undone.Undone.Because})\n"
        + string.Concat(undone.Undone.Left.Select(l => $"{undone.Host}: {paint.Red("not undone")} {l}\n"));

    private static string? Of(ResourceResult result, Paint paint, bool verbose)
    {
        var (host, resource) = (result.Node.Host.Name, Redaction.Clean(result.Node.Resource.ToString()));
        return result.Outcome switch
        {
            Outcome.Changed => $"{host}: {paint.Green("changed")} {resource} ({string.Join(", ", result.Changes.Select(c => c.Property).Distinct())})\n",
            Outcome.Failed when result.Failure is { } failure => FailureBlock.Of(failure, paint),
            Outcome.Unchanged when verbose => paint.Dim($"{host}: unchanged {resource}") + "\n",
            _ => null,
        };
    }

    /// <summary>The line that ends an apply.</summary>
    public static string Last(Report report, Summary counts)
    {
        var how = report.Stopped ? "Stopped" : report.Succeeded ? "Done" : "Failed";
        return (counts.Probe is { } probe ? ProbeText.Of(probe) + "\n" : "") + $"{how}: {counts.Changed} changed, {counts.Unchanged} unchanged, {counts.Failed} failed, {counts.Skipped} skipped{(counts.Undone > 0 ? $", {counts.Undone} undone" : "")}"
            + $" on {PlanText.Hosts(counts.Hosts)} in {Seconds(counts.Duration)} ({(counts.Exchanges == 1 ? "1 exchange" : $"{counts.Exchanges} exchanges")})";
    }

    /// <summary><c>3.2 s</c>; below ten seconds with a digit more.</summary>
    public static string Seconds(TimeSpan duration) => duration.TotalSeconds < 10 ? $"{duration.TotalSeconds:0.00} s" : $"{duration.TotalSeconds:0.0} s";
}
