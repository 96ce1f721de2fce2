using System.Collections.Generic;
using System.Linq;
using Converge.Applying;
using Converge.Graph;
using Converge.Sessions;

namespace Converge.Planning;

/// <summary>Puts what went wrong into the words that people read.</summary>
internal static class FailureText
{
    private const int LastLines = 20;

    public static Failure From(ResourceNode node, string problem, ConvergeException e) =>
        new($"{node.Id}: {problem}", Redaction.Clean(e.Message), Clean(e.Remedy), node.DeclaredAt);

    public static Failure FromHost(Host host, ConvergeException e) =>
        new($"{host.Name}: {(e is HostLockedException ? "locked" : "not reached")}", Redaction.Clean(e.Message), Clean(e.Remedy), host.DeclaredAt);

    /// <summary>A step ended badly.</summary>
    public static Failure FromStep(ResourceNode node, Step step, ItemResult result)
    {
        var how = result.TimedOut
            ? $"{step.Describe()}\n  did not end within {step.Deadline.TotalSeconds:0} s and was stopped"
            : $"{step.Describe()}\n  ended with exit code {result.Answer?.ExitCode}";
        return new Failure($"{node.Id}: failed", Redaction.Clean(how + Said(result.Answer)), null, node.DeclaredAt);
    }

    /// <summary>Law 3: done means seen.</summary>
    public static Failure NotConverged(ResourceNode node, IReadOnlyList<Change> left, IReadOnlyList<(Step Step, ItemResult Result)> steps)
    {
        var differences = left.Select(c => $"{c.Property}: wanted {c.To ?? "none"}, still {c.From ?? "none"}{(c.Reason is null ? "" : $" ({c.Reason})")}");
        var done = steps.Select(s => $"after: {s.Step.Describe()}{Said(s.Result.Answer)}");
        var remedy = node.Resource.Kind == "service" ? $"To see why, run on {node.Host.Name}:\n    journalctl -u {node.Resource.Name} -n 20" : null;
        return new Failure($"{node.Id}: did not converge", Redaction.Clean(string.Join('\n', [.. differences, .. done])), remedy, node.DeclaredAt);
    }

    /// <summary>More would happen than the run may do.</summary>
    public static Failure BeyondImpact(ResourceNode node, IReadOnlyList<Change> changes, Impact most)
    {
        var beyond = changes.Where(c => c.Impact > most).Select(c => $"{c.Property}: {c.From ?? "none"} → {c.To ?? "none"} [{Word(c.Impact)}]{(c.Reason is null ? "" : $" ({c.Reason})")}");
        return new Failure($"{node.Id}: refused", Redaction.Clean(string.Join('\n', [.. beyond, $"goes beyond the allowed impact, {Word(most)}"])), null, node.DeclaredAt);
    }

    private static string Word(Impact impact) => impact.ToString().ToLowerInvariant();

    private static string Said(Answer? answer)
    {
        var words = answer is null ? "" : answer.Error.Trim().Length > 0 ? answer.Error : answer.Text;
        var lines = words.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0).TakeLast(LastLines).ToList();
        return lines.Count == 0 ? "" : "\n  it said:\n" + string.Join('\n', lines.Select(l => "    " + l));
    }

    private static string? Clean(string? text) => text is null ? null : Redaction.Clean(text);
}
