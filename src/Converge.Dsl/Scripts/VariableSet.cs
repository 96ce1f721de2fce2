using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Scripts;

/// <summary>The values that a run was given, against the variables that its script reads.</summary>
internal sealed class VariableSet(IReadOnlyDictionary<string, string> given, Fleet fleet)
{
    private readonly List<Variable> _declared = [];

    /// <summary>In the order of the script.</summary>
    public IReadOnlyList<Variable> Declared => _declared;

    public T Optional<T>(string name, T fallback, SourceLocation at)
    {
        _declared.Add(new Variable(name, typeof(T), VariableValue.Write(fallback), fleet.Locate(at)));
        return given.TryGetValue(name, out var text) ? Convert(name, text, fallback, at) : fallback;
    }

    public T Require<T>(string name, SourceLocation at)
    {
        _declared.Add(new Variable(name, typeof(T), Default: null, fleet.Locate(at)));
        if (given.TryGetValue(name, out var text))
            return Convert(name, text, StandIn<T>(name), at);

        fleet.Report(new Mistake($"variable {name} has no value", at) { Remedy = $"Give it {VariableValue.Describe(typeof(T))}: --var {name}=…" });
        return StandIn<T>(name);
    }

    /// <summary>Once the script has run: a value that it never asked for is a slip of the pen.</summary>
    public void ReportUnknown()
    {
        var known = _declared.Select(v => v.Name).Distinct().ToList();
        foreach (var name in given.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal))
        {
            var all = known.Count == 0 ? "This script has no variables." : $"This script's variables: {string.Join(", ", known)}";
            fleet.Report(new Mistake($"--var {name}: the script has no variable {name}") { Remedy = Join(Spelling.Suggest(name, known), all) });
        }
    }

    private T Convert<T>(string name, string text, T otherwise, SourceLocation at)
    {
        if (VariableValue.TryRead(text, typeof(T), out var value))
            return (T)value!;

        var names = VariableValue.Names(typeof(T));
        fleet.Report(new Mistake($"variable {name}: \"{text}\" is not {VariableValue.Describe(typeof(T))}", at) { Remedy = Spelling.Suggest(text, names) });
        return otherwise;
    }

    /// <summary>Lets the script go on, to find its other mistakes; its fleet is refused.</summary>
    private static T StandIn<T>(string name) => typeof(T) == typeof(string) ? (T)(object)name : default!;

    private static string Join(string? first, string second) => first is null ? second : $"{first} {second}";
}
