using System;
using System.Collections.Generic;
using System.Linq;
using Converge.Testing;

namespace Converge.Cli.Tests;

/// <summary>A resource for tests: a named value of a host, kept as a file of the in-memory host.</summary>
internal sealed record Thing(string Label, string Value) : Resource<string?>
{
    private static readonly Question<IReadOnlyDictionary<string, string>> Values = new(
        "thing",
        "printf '%s\n' \"$@\"",
        answer => answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => p[1]));

    public Impact Impact { get; init; }

    public string? TextDiff { get; init; }

    public override string Kind => "thing";

    public override string Name => Label;

    public override Query<string?> Query => Values.Ask(Label).Select(values => values.GetValueOrDefault(Label));

    public override IEnumerable<RenderedFile> Renders => [new RenderedFile($"/things/{Label}", Value + "\n")];

    public override IEnumerable<Change> Diff(string? state, DiffContext context)
    {
        if (state == Value)
        {
            return [];
        }

        return context.PendingOf("thing", "daemon") is { } pending
            ? [Change.DecidedAfter("value", Value, pending.ToString())]
            : [new Change("value", state, Value, Impact) { TextDiff = TextDiff, Steps = [new RunProgram("set-thing", [Label, Value]) { UndoneBy = state is null ? null : new RunProgram("set-thing", [Label, state]) }] }];
    }

    public override IEnumerable<string> Mistakes() => Value.Length == 0 ? ["the value is empty"] : [];

    /// <summary>Makes an in-memory host understand things.</summary>
    public static void Teach(InMemoryHost host) => host
        .Answers("thing", labels => string.Concat(labels.Where(l => host.Files.ContainsKey(l)).Select(l => $"{l}={host.Files[l].Text}\n")))
        .Runs("set-thing", call =>
        {
            call.Host.Files[call.Arguments[0]] = call.Arguments[1];
            return Answer.FromText($"setting {call.Arguments[0]}\n");
        });
}

/// <summary>A composite for tests.</summary>
internal sealed record Bundle(string Label, params IReadOnlyList<Resource> Parts) : Composite
{
    public override string Kind => "bundle";

    public override string Name => Label;

    public override void Expand(Expansion expansion)
    {
        foreach (var part in Parts)
        {
            expansion.Add(part);
        }
    }
}
