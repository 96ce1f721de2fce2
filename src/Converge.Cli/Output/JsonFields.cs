using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Converge.Applying;
using Converge.Graph;
using Converge.Planning;

namespace Converge.Cli.Output;

/// <summary>The parts of JSON events.</summary>
internal static class JsonFields
{
    public static void Write(Utf8JsonWriter json, ResourcePlan plan)
    {
        json.WriteString("host", plan.Node.Host.Name);
        WriteNode(json, plan.Node);
        json.WriteString("status", plan switch
        {
            { Failure: not null } => "failed",
            { Changes.Count: 0 } => "unchanged",
            { Undecided: true } => "may-change",
            _ => "change",
        });
        WriteChanges(json, plan.Changes);
        if (plan.Failure is { } failure)
        {
            Write(json, failure);
        }
    }

    public static void Write(Utf8JsonWriter json, ResourceResult result)
    {
        WriteNode(json, result.Node);
        json.WriteString("outcome", result.Outcome switch
        {
            Outcome.Unchanged => "unchanged",
            Outcome.Changed => "changed",
            Outcome.Failed => "failed",
            _ => "skipped",
        });
        json.WriteStartArray("changed");
        foreach (var property in result.Outcome == Outcome.Changed ? result.Changes.Select(c => c.Property).Distinct() : [])
        {
            json.WriteStringValue(property);
        }

        json.WriteEndArray();
        WriteOptional(json, "because", result.SkippedBecause);
        if (result.Failure is { } failure)
        {
            Write(json, failure);
        }
    }

    public static void Write(Utf8JsonWriter json, Failure failure)
    {
        json.WriteStartObject("failure");
        json.WriteString("title", failure.Title);
        json.WriteString("detail", failure.Detail);
        WriteOptional(json, "remedy", failure.Remedy);
        json.WriteString("at", failure.At.ToString());
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Mistake mistake)
    {
        json.WriteString("message", Redaction.Clean(mistake.Message));
        json.WriteStartArray("at");
        foreach (var place in mistake.At)
        {
            json.WriteStartObject();
            json.WriteString("file", place.File);
            json.WriteNumber("line", place.Line);
            json.WriteNumber("column", place.Column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteOptional(json, "remedy", mistake.Remedy is null ? null : Redaction.Clean(mistake.Remedy));
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<ImpactSummary> impacts)
    {
        json.WriteStartObject("impact");
        foreach (var impact in impacts)
        {
            json.WriteNumber(impact.What, impact.Count);
        }

        json.WriteEndObject();
    }

    public static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    public static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNode(Utf8JsonWriter json, ResourceNode node)
    {
        json.WriteString("kind", node.Resource.Kind);
        json.WriteString("name", node.Resource.Name);
        if (node.Parents.Count > 0)
        {
            WriteStrings(json, "parents", node.Parents.Select(p => p.ToString()));
        }

        json.WriteString("at", node.DeclaredAt.ToString());
    }

    private static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<Change> changes)
    {
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("property", change.Property);
            json.WriteString("from", change.From);
            json.WriteString("to", change.To);
            json.WriteString("impact", ChangeLine.Word(change.Impact));
            json.WriteBoolean("decided", !change.Undecided);
            WriteOptional(json, "reason", change.Reason);
            WriteOptional(json, "diff", change.TextDiff);
            WriteStrings(json, "steps", change.Steps.Select(s => Redaction.Clean(s.Describe())));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
