using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Converge.Planning;

namespace Converge.Cli.Output;

/// <summary>A plan as people review it: per host, per resource under its composite, each property from → to.</summary>
internal sealed class PlanText(Paint paint, bool diff, bool verbose)
{
    private readonly StringBuilder _text = new();

    public static string Of(Plan plan, Paint paint, bool diff, bool verbose) => new PlanText(paint, diff, verbose).Write(plan);

    /// <summary><c>Plan: 12 to change, … on 6 hosts</c>, and where something changes what that does to what is running.</summary>
    public static string LastLines(Plan plan, Summary counts)
    {
        var unreached = plan.Hosts.Count(h => h.Failure is not null);
        return $"Plan: {counts.Changed} to change, {counts.MayChange} may change, {counts.Unchanged} unchanged, {counts.Failed} failed"
            + $" on {Hosts(plan.Hosts.Count)}"
            + (unreached > 0 ? $", {unreached} of them not reached" : "")
            + (plan.HasChanges ? "\n" + Impacts(plan, counts) : "");
    }

    private static string Impacts(Plan plan, Summary counts)
    {
        var open = plan.Resources.Count(r => r.Changes.Any(c => c.Undecided));
        return $"Impact: {string.Join(" · ", counts.Impacts)}{(open > 0 ? $" · not known yet: {open}" : "")}";
    }

    public static string Hosts(int count) => count == 1 ? "1 host" : $"{count} hosts";

    private string Write(Plan plan)
    {
        foreach (var host in plan.Hosts)
        {
            WriteHost(host);
        }

        foreach (var rolling in plan.Rolling)
        {
            _text.Append("Rolling: ").Append(string.Join(", then ", rolling.Batches.Select(b => string.Join(" and ", b.Select(h => h.Name)))))
                .Append(rolling.Gates.Count switch { 0 => "\n", 1 => "; a gate after each\n", var gates => $"; {gates} gates after each\n" });
        }

        foreach (var node in plan.NotUndoable)
        {
            _text.Append("Cannot be undone: ").Append(Redaction.Clean(node.Id.ToString())).Append('\n');
        }

        return _text.ToString();
    }

    private void WriteHost(HostPlan host)
    {
        if (host.Failure is { } failure)
        {
            _text.Append(FailureBlock.Of(failure, paint)).Append('\n');
            return;
        }

        var shown = host.Resources.Where(r => verbose || r.Changes.Count > 0 || r.Failure is not null).ToList();
        if (shown.Count == 0)
        {
            _text.Append(paint.Bold(host.Host.Name)).Append(": nothing to change (").Append(host.Resources.Count).Append(" unchanged)\n\n");
            return;
        }

        var what = host.Facts is { } facts ? $"{facts.Distribution} {(facts.Version.Length > 0 ? facts.Version : facts.Codename)}".Trim() : "";
        _text.Append(paint.Bold(host.Host.Name)).Append(paint.Dim($"  {host.Host.Address}  {what}".TrimEnd())).Append('\n');
        WriteGroup(shown, 0, "  ");
        _text.Append('\n');
    }

    // Siblings of one composite are shown together, where the first of them stands.
    private void WriteGroup(IEnumerable<ResourcePlan> resources, int depth, string indent)
    {
        foreach (var group in resources.GroupBy(r => r.Node.Parents.Count > depth ? r.Node.Parents[depth] : (object)r.Node))
        {
            if (group.Key is Composite composite)
            {
                _text.Append(indent).Append(paint.Cyan(composite.ToString())).Append('\n');
                WriteGroup(group, depth + 1, indent + "  ");
            }
            else
            {
                WriteResource(group.Single(), indent);
            }
        }
    }

    private void WriteResource(ResourcePlan plan, string indent)
    {
        _text.Append(indent).Append(Sign(plan)).Append(' ').Append(paint.Bold(Redaction.Clean(plan.Node.Resource.ToString())));
        if (plan.Failure is { } failure)
        {
            // Titles name the resource and its host first, which stand here already.
            var problem = failure.Title.StartsWith($"{plan.Node.Id}: ", StringComparison.Ordinal) ? failure.Title[$"{plan.Node.Id}: ".Length..] : failure.Title;
            _text.Append(": ").Append(paint.Red(problem)).Append('\n').Append(FailureBlock.Body(failure, indent + "    "));
            return;
        }

        _text.Append('\n');

        foreach (var change in plan.Changes)
        {
            WriteChange(change, indent + "    ");
        }
    }

    private string Sign(ResourcePlan plan) => plan switch
    {
        { Failure: not null } => paint.Red("!"),
        { Changes.Count: 0 } => paint.Dim("="),
        { Undecided: true } => paint.Yellow("?"),
        _ when plan.Changes.All(c => c.From is null || c.Undecided) => paint.Green("+"),
        _ when plan.Changes.All(c => c.To is null) => paint.Red("-"),
        _ => paint.Yellow("~"),
    };

    private void WriteChange(Change change, string indent)
    {
        _text.Append(indent).Append(ChangeLine.Of(change, paint)).Append('\n');
        if (diff && change.TextDiff is { } textDiff)
        {
            WriteDiff(textDiff, indent + "    ");
        }

        foreach (var step in verbose ? change.Steps : [])
        {
            _text.Append(indent).Append(paint.Dim($"  $ {Redaction.Clean(step.Describe())}")).Append('\n');
        }
    }

    private void WriteDiff(string textDiff, string indent)
    {
        foreach (var line in Redaction.Clean(textDiff).TrimEnd('\n').Split('\n'))
        {
            _text.Append(indent).Append(Coloured(line)).Append('\n');
        }
    }

    private string Coloured(string line) => line switch
    {
        _ when line.StartsWith("+++", StringComparison.Ordinal) || line.StartsWith("---", StringComparison.Ordinal) => paint.Bold(line),
        ['+', ..] => paint.Green(line),
        ['-', ..] => paint.Red(line),
        ['@', ..] => paint.Cyan(line),
        _ => line,
    };
}
