using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace Converge.Cli.Tracing;

/// <summary>
/// Where the time of a run went, span by span: a lane for the command itself, and one for each host. In the Trace Event Format of Chrome
/// ("JSON Object Format", complete events), which Perfetto and chrome://tracing show.
/// </summary>
internal sealed class RunTrace(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly List<Span> _spans = [];
    private readonly ConcurrentDictionary<string, long> _greetings = [];

    /// <summary>Begins a span, which ends when it is disposed of. Spans of one lane lie within one another or side by side.</summary>
    /// <param name="lane">Name of a host; null: the command itself.</param>
    /// <param name="kind">What it is, in one of a few words to filter by.</param>
    /// <param name="name">What is shown; redacted here.</param>
    /// <param name="counts">More about it.</param>
    public IDisposable Begin(string? lane, string kind, string name, IReadOnlyDictionary<string, long>? counts = null)
    {
        var begun = time.GetTimestamp();
        return new Ending(() => Add(lane, kind, name, begun, counts));
    }

    /// <summary>Adds a span that ends now.</summary>
    /// <param name="lane">Name of a host; null: the command itself.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="name">What is shown; redacted here.</param>
    /// <param name="begun">When it began, by the clock of the run.</param>
    /// <param name="counts">More about it.</param>
    public void Add(string? lane, string kind, string name, long begun, IReadOnlyDictionary<string, long>? counts = null)
    {
        var span = new Span(lane, kind, Redaction.Clean(name), Since(begun), time.GetElapsedTime(begun), counts ?? new Dictionary<string, long>());
        lock (_lock)
        {
            _spans.Add(span);
        }
    }

    /// <summary>A host is connected, and its shell is greeted.</summary>
    public void Greeting(string host) => _greetings[host] = time.GetTimestamp();

    /// <summary>Its shell has answered.</summary>
    public void Greeted(string host)
    {
        if (_greetings.TryRemove(host, out var begun))
        {
            Add(host, "handshake", "handshake", begun);
        }
    }

    /// <summary>Adds what the command did itself from the last answer of a host until now.</summary>
    public void AddSinceHosts(string kind, string name)
    {
        lock (_lock)
        {
            var answered = _spans.Where(s => s.Lane is not null).Select(s => s.Start + s.Length).DefaultIfEmpty(Since(time.GetTimestamp())).Max();
            _spans.Add(new Span(null, kind, name, answered, Since(time.GetTimestamp()) - answered, new Dictionary<string, long>()));
        }
    }

    /// <summary>Writes all spans so far.</summary>
    public void WriteTo(Stream file)
    {
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartArray("traceEvents");
        lock (_lock)
        {
            // The order of names, so that the same run gives the same lanes.
            string?[] lanes = [null, .. _spans.Select(s => s.Lane).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                WriteLane(json, lane, lanes[lane]);
                foreach (var span in _spans.Where(s => s.Lane == lanes[lane]).OrderBy(s => s.Start).ThenByDescending(s => s.Length))
                {
                    WriteSpan(json, lane, span);
                }
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private TimeSpan Since(long timestamp) => time.GetElapsedTime(_start, timestamp);

    private static void WriteLane(Utf8JsonWriter json, int lane, string? host)
    {
        json.WriteStartObject();
        json.WriteString("name", "thread_name");
        json.WriteString("ph", "M");
        json.WriteNumber("pid", 1);
        json.WriteNumber("tid", lane);
        json.WriteStartObject("args");
        json.WriteString("name", host ?? "converge");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, int lane, Span span)
    {
        json.WriteStartObject();
        json.WriteString("name", span.Name);
        json.WriteString("cat", span.Kind);
        json.WriteString("ph", "X");
        json.WriteNumber("ts", Math.Round(span.Start.TotalMicroseconds));
        json.WriteNumber("dur", Math.Round(span.Length.TotalMicroseconds));
        json.WriteNumber("pid", 1);
        json.WriteNumber("tid", lane);
        json.WriteStartObject("args");
        foreach (var (name, count) in span.Counts)
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private sealed record Span(string? Lane, string Kind, string Name, TimeSpan Start, TimeSpan Length, IReadOnlyDictionary<string, long> Counts);

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
