using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Testing;

/// <summary>The laws that every resource keeps, as assertions for the tests of a module.</summary>
/// <example>
/// <code>
/// ResourceLaws.Check(new LawExample&lt;MotdState&gt;(new Motd("hello"), new MotdState("hello"), new MotdState(null)));
/// </code>
/// </example>
public static class ResourceLaws
{
    /// <summary>Fails with everything that the example breaks.</summary>
    /// <exception cref="LawException">At least one law is broken.</exception>
    public static void Check(LawExample example)
    {
        if (example.Violations() is { Count: > 0 } violations)
        {
            throw new LawException($"{example.ResourceType.Name} breaks the laws:\n{string.Concat(violations.Select(v => $"  {v}\n"))}");
        }
    }

    internal static IEnumerable<string> Violations<TState>(LawExample<TState> example) =>
        Identity(example).Concat(ReachedIsEmpty(example)).Concat(Drift(example)).Concat(Secrecy(example)).Concat(BelowPending(example)).Distinct();

    private static IEnumerable<string> Identity<TState>(LawExample<TState> example)
    {
        if (example.Resource.Name.Length == 0 || !example.Resource.Kind.All(c => char.IsAsciiLetterLower(c) || c == '-'))
        {
            yield return $"the identity '{example.Resource}' must be a kind of small letters and a name";
        }

        foreach (var mistake in example.Resource.Mistakes())
        {
            yield return $"the example itself is wrong: {mistake}";
        }
    }

    private static IEnumerable<string> ReachedIsEmpty<TState>(LawExample<TState> example) =>
        Diff(example, example.Reached).Select(change => $"the diff of a reached state must be empty, but has {ChangeText.Line(change)}");

    private static IEnumerable<string> Drift<TState>(LawExample<TState> example)
    {
        foreach (var state in example.Drifted)
        {
            var (first, second) = (Diff(example, state), Diff(example, state));
            if (ChangeText.Whole(first) != ChangeText.Whole(second))
            {
                yield return $"diffing twice must give the same, but for {state} it does not";
            }

            if (first.Count == 0)
            {
                yield return $"the drifted state {state} must give a change";
            }
            else if (first.All(c => c.Steps.Count == 0))
            {
                yield return $"the changes for {state} have no step at all: nothing would be done";
            }
        }
    }

    private static IEnumerable<string> Secrecy<TState>(LawExample<TState> example)
    {
        var changes = example.Drifted.SelectMany(state => Diff(example, state)).ToList();
        var texts = changes.SelectMany(ChangeText.Shown)
            .Concat(changes.SelectMany(c => c.Steps).SelectMany(ChangeText.Visible))
            .Concat(example.Resource.Query.Inquiries.SelectMany(i => i.Arguments))
            .Append(example.Resource.ToString());
        return from text in texts
               from secret in example.Secrets
               where text.Contains(secret.Reveal(), StringComparison.Ordinal)
               select $"secret {secret.Name} shows in: {text.Replace(secret.Reveal(), secret.Mask, StringComparison.Ordinal)}";
    }

    // Plans of fresh hosts diff everything below changes that are still to come: no state may make that throw.
    private static IEnumerable<string> BelowPending<TState>(LawExample<TState> example)
    {
        var context = new DiffContext(example.Facts, [new ResourceId("host", "package", "something")]);
        foreach (var state in example.Drifted.Prepend(example.Reached))
        {
            var undecidedWithSteps = example.Resource.Diff(state, context).Where(c => c.Undecided && c.Steps.Count > 0);
            foreach (var change in undecidedWithSteps)
            {
                yield return $"a change that is not decided has no steps, but {ChangeText.Line(change)} has";
            }
        }
    }

    private static List<Change> Diff<TState>(LawExample<TState> example, TState state) =>
        [.. example.Resource.Diff(state, DiffContext.Settled(example.Facts))];
}

/// <summary>A resource breaks a law.</summary>
public sealed class LawException(string message) : Exception(message);
