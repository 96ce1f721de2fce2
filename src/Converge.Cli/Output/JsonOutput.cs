using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading;
using Converge.Applying;
using Converge.Graph;
using Converge.Planning;

namespace Converge.Cli.Output;

/// <summary>One JSON object a line on standard output, and nothing else there. The last one is the summary.</summary>
internal sealed class JsonOutput(TextWriter lines, bool verbose) : IRunOutput
{
    // The lines go to programs, never into a web page: arrows and umlauts stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Lock _lock = new();

    public void Note(string what) => Event("note", json => json.WriteString("message", Redaction.Clean(what)));

    public void Applying(bool begins)
    {
    }

    public void Planned(Plan plan, Summary counts)
    {
        foreach (var resource in plan.Resources.Where(r => verbose || r.Changes.Count > 0 || r.Failure is not null))
        {
            Event("resource-planned", json => JsonFields.Write(json, resource));
        }

        foreach (var rolling in plan.Rolling)
        {
            Event("rolling-planned", json =>
            {
                JsonFields.WriteStrings(json, "batches", rolling.Batches.Select(b => string.Join(' ', b.Select(h => h.Name))));
                json.WriteNumber("gates", rolling.Gates.Count);
            });
        }
    }

    public void Mistaken(IReadOnlyList<Mistake> mistakes)
    {
        foreach (var mistake in mistakes)
        {
            Event("mistake", json => JsonFields.Write(json, mistake));
        }
    }

    public void Failed(string message, string? remedy) => Event("error", json =>
    {
        json.WriteString("message", Redaction.Clean(message));
        JsonFields.WriteOptional(json, "remedy", remedy is null ? null : Redaction.Clean(remedy));
    });

    public void Tell(string text, string type, Action<Utf8JsonWriter> fields) => Event(type, fields);

    public void Finished(string? lastLine, Summary counts, int exitCode) => Event("summary", json =>
    {
        json.WriteNumber("hosts", counts.Hosts);
        json.WriteNumber("unchanged", counts.Unchanged);
        json.WriteNumber("changed", counts.Changed);
        json.WriteNumber("failed", counts.Failed);
        json.WriteNumber("skipped", counts.Skipped);
        json.WriteNumber("undone", counts.Undone);
        json.WriteNumber("seconds", Math.Round(counts.Duration.TotalSeconds, 3));
        json.WriteNumber("exchanges", counts.Exchanges);
        json.WriteNumber("mayChange", counts.MayChange);
        JsonFields.Write(json, counts.Impacts);
        json.WriteNumber("exitCode", exitCode);
        if (counts.Probe is { } probe)
        {
            json.WriteStartObject("probe");
            ProbeText.Write(json, probe);
            json.WriteEndObject();
        }
    });

    public void Report(RunEvent value)
    {
        // A plan's resources follow as events of their own; unchanged ones are told only to those who ask.
        if (value is HostConnecting || (value is ResourceFinished { Result.Outcome: Outcome.Unchanged } && !verbose))
        {
            return;
        }

        Event(TypeOf(value), json => WriteEvent(json, value));
    }

    private static string TypeOf(RunEvent value) => value switch
    {
        HostConnected => "host-connected",
        HostLocked => "host-locked",
        HostFailed => "host-failed",
        HostPlanned => "host-planned",
        WaveStarted => "wave-started",
        StepStarted => "step-started",
        StepOutput => "step-output",
        ResourceFinished => "resource-finished",
        HostFinished => "host-finished",
        GateAsked => "gate-asked",
        HostUndone => "host-undone",
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private static void WriteEvent(Utf8JsonWriter json, RunEvent value)
    {
        json.WriteString("host", value.Host.Name);
        switch (value)
        {
            case HostConnected connected:
                json.WriteNumber("seconds", Math.Round(connected.Elapsed.TotalSeconds, 3));
                break;
            case HostLocked locked:
                json.WriteString("holder", locked.Holder);
                json.WriteNumber("patienceSeconds", Math.Round(locked.Patience.TotalSeconds));
                break;
            case HostFailed failed:
                JsonFields.Write(json, failed.Failure);
                break;
            case HostPlanned planned:
                json.WriteNumber("resources", planned.Plan.Resources.Count);
                json.WriteNumber("changes", planned.Plan.Resources.Count(r => r.Changes.Count > 0));
                break;
            case WaveStarted wave:
                JsonFields.WriteStrings(json, "resources", wave.Nodes.Select(n => n.Resource.ToString()));
                break;
            case StepStarted step:
                WriteStep(json, step.Node, step.Step.Describe());
                break;
            case StepOutput output:
                json.WriteString("resource", output.Node.Resource.ToString());
                json.WriteString("line", output.Line);
                break;
            case ResourceFinished finished:
                JsonFields.Write(json, finished.Result);
                break;
            case GateAsked gate:
                json.WriteString("gate", gate.Gate);
                json.WriteBoolean("passed", gate.Why is null);
                JsonFields.WriteOptional(json, "why", gate.Why);
                break;
            case HostUndone { Undone: var undone }:
                json.WriteString("because", undone.Because);
                JsonFields.WriteStrings(json, "resources", undone.Resources.Select(r => r.Resource.ToString()));
                JsonFields.WriteStrings(json, "left", undone.Left);
                break;
            case HostFinished finished:
                json.WriteNumber("exchanges", finished.Report.Exchanges);
                break;
        }
    }

    private static void WriteStep(Utf8JsonWriter json, ResourceNode node, string step)
    {
        json.WriteString("resource", node.Resource.ToString());
        json.WriteString("step", Redaction.Clean(step));
    }

    private void Event(string type, Action<Utf8JsonWriter> fields)
    {
        lock (_lock)
        {
            _buffer.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_buffer, Options))
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                fields(json);
                json.WriteEndObject();
            }

            lines.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
            lines.Write('\n');
            lines.Flush();
        }
    }
}
