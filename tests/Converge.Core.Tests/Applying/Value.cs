using System;
using System.Collections.Generic;
using System.Linq;
using Converge.Testing;

namespace Converge.Core.Tests.Applying;

/// <summary>A resource for tests of the engine: a word that an in-memory host keeps as a file, written in as many steps as it has letters.</summary>
internal sealed record Value(string Label, string Word) : Resource<string>
{
    private static readonly Question<IReadOnlyDictionary<string, string>> _values = new(
        "value", "true", answer => answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')).ToDictionary(p => p[0], p => p[1]));

    public override string Kind => "value";

    public override string Name => Label;

    public override Query<string> Query => _values.Ask(Label).Select(values => values.GetValueOrDefault(Label, ""));

    public override IEnumerable<Change> Diff(string state, DiffContext context) => state == Word
        ? []
        : [new Change("word", state, Word) { Steps = [new RunProgram("clear", [Label]), .. Word.Select(letter => new RunProgram("append", [Label, $"{letter}"]))] }];

    /// <summary>Makes an in-memory host understand values.</summary>
    public static void Teach(InMemoryHost host) => host
        .Answers("value", labels => string.Concat(labels.Where(host.Files.ContainsKey).Select(l => $"{l}={host.Files[l].Text}\n")))
        .Runs("clear", call => Put(call, ""))
        .Runs("append", call => Put(call, call.Host.Files[call.Arguments[0]].Text + call.Arguments[1]));

    private static Answer Put(ProgramCall call, string text)
    {
        call.Host.Files[call.Arguments[0]] = text;
        return InMemoryHost.Success;
    }
}
