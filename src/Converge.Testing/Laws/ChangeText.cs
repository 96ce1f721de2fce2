using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Testing;

/// <summary>Changes and steps as text: what people see of them, and all that tells two of them apart.</summary>
internal static class ChangeText
{
    public static string Line(Change change) => $"{change.Property}: {change.From ?? "none"} → {change.To ?? "none"}";

    /// <summary>What a plan shows of a change.</summary>
    public static IEnumerable<string> Shown(Change change) =>
        new[] { change.Property, change.From, change.To, change.TextDiff, change.Reason }.OfType<string>();

    /// <summary>What a plan, a log or another user of the host can see of a step.</summary>
    public static IEnumerable<string> Visible(Step step)
    {
        yield return step.Describe();
        if (step is RunProgram run)
        {
            foreach (var text in run.Arguments.Concat(run.Pooled ?? []).Concat(run.Environment.Select(e => $"{e.Key}={e.Value}")))
            {
                yield return text;
            }
        }

        if (step is PutFile { Validation: { } validation })
        {
            yield return string.Join(' ', validation.Arguments);
        }
    }

    /// <summary>All of it, to compare two diffs.</summary>
    public static string Whole(IEnumerable<Change> changes) => string.Join('\n', changes.Select(change =>
        $"{Line(change)} {change.Impact} {change.Undecided} {change.Reason}\n{change.TextDiff}\n{string.Join('\n', change.Steps.Select(Whole))}"));

    private static string Whole(Step step) => step switch
    {
        RunProgram run => $"{string.Join(' ', Visible(run))} as {run.User} in {run.WorkingDirectory} within {run.Deadline} input {Hash(run.Input)}",
        PutFile put => $"put {put.Path} {put.Owner} {put.Group} {put.Mode} {Hash(put.Content)} {put.Validation?.Program} {string.Join(' ', Visible(put))}",
        _ => throw new NotSupportedException(step.ToString()),
    };

    private static string Hash(Content? content) => content is null ? "none" : content.HasFact ? content.ToString() : content.Sha256(null);
}
