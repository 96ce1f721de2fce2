using System;
using System.Collections.Generic;
using System.Linq;
using Converge.Graph;
using Converge.Sessions;

namespace Converge.Planning;

/// <summary>The questions of several resources of one host, each question once, as items of one exchange.</summary>
internal sealed class ProbeBatch
{
    private readonly IReadOnlyList<Question> _questions;

    public ProbeBatch(IEnumerable<ResourceNode> nodes, bool withFacts = false)
    {
        var inquiries = nodes.SelectMany(n => n.Resource.Inquiries);
        if (withFacts)
        {
            inquiries = inquiries.Prepend(new Inquiry(FactsQuestion.Question, []));
        }

        var groups = inquiries.GroupBy(i => i.Question).ToList();
        _questions = [.. groups.Select(g => g.Key)];
        Items = [.. groups.Select(g => new QuestionItem(g.Key, [.. g.Select(i => i.Arguments).Distinct(TupleComparer.Instance).SelectMany(a => a)]))];
    }

    public IReadOnlyList<ExchangeItem> Items { get; }

    /// <summary>The answers; <paramref name="results"/> are those of <see cref="Items"/>, in their order.</summary>
    public ProbeAnswers Read(IEnumerable<ItemResult> results) => new(_questions.Zip(results));

    private sealed class TupleComparer : IEqualityComparer<IReadOnlyList<string>>
    {
        public static readonly TupleComparer Instance = new();

        public bool Equals(IReadOnlyList<string>? x, IReadOnlyList<string>? y) => x is not null && y is not null && x.SequenceEqual(y, StringComparer.Ordinal);

        public int GetHashCode(IReadOnlyList<string> tuple)
        {
            var hash = default(HashCode);
            foreach (var word in tuple)
            {
                hash.Add(word, StringComparer.Ordinal);
            }

            return hash.ToHashCode();
        }
    }
}

/// <summary>
/// What a host answered to one batch of questions. Each answer is parsed once and at once: here hosts still work side by side. One that cannot be
/// read fails whoever looks at it, and nobody else.
/// </summary>
internal sealed class ProbeAnswers
{
    private readonly Dictionary<Question, object> _parsed;

    public ProbeAnswers(IEnumerable<(Question Question, ItemResult Result)> results) => _parsed = results.ToDictionary(r => r.Question, r => Parse(r.Question, r.Result));

    /// <exception cref="ProbeException">The question was not answered, or the answer cannot be read.</exception>
    public object this[Question question] => _parsed.GetValueOrDefault(question) switch
    {
        null => throw new ProbeException($"{question.Name} was not asked"),
        ConvergeException unreadable => throw unreadable,
        var answer => answer,
    };

    private static object Parse(Question question, ItemResult result)
    {
        if (result.TimedOut || result.Answer is null)
        {
            return new ProbeException($"the host did not answer {question.Name} in time");
        }

        try
        {
            return question.ReadErased(result.Answer);
        }
        catch (ConvergeException e)
        {
            return e;
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or ArgumentException or KeyNotFoundException or OverflowException)
        {
            var said = result.Answer.Error.Length > 0 ? result.Answer.Error.Trim() : "nothing on standard error";
            return new ProbeException($"the answer to {question.Name} makes no sense ({e.Message}); exit code {result.Answer.ExitCode}, {said}", null, e);
        }
    }
}
