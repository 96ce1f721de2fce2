using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge;

/// <summary>What a resource asks its host, and how the answers become the resource's state. A value: holding one does nothing.</summary>
public sealed class Query<T>
{
    private readonly Func<Func<Question, object>, T> _read;

    internal Query(IReadOnlyList<Inquiry> inquiries, Func<Func<Question, object>, T> read) => (Inquiries, _read) = (inquiries, read);

    /// <summary>The questions, each with this resource's arguments.</summary>
    public IReadOnlyList<Inquiry> Inquiries { get; }

    /// <summary>The same questions, their answer read further: usually the asker's own entry of a shared answer.</summary>
    public Query<TResult> Select<TResult>(Func<T, TResult> selector) => new(Inquiries, answers => selector(_read(answers)));

    /// <summary>Both questions in one trip.</summary>
    public Query<TResult> And<TOther, TResult>(Query<TOther> other, Func<T, TOther, TResult> combine) =>
        new([.. Inquiries, .. other.Inquiries], answers => combine(_read(answers), other._read(answers)));

    /// <summary>Reads the state from the parsed answer of each question.</summary>
    public T Read(Func<Question, object> answers) => _read(answers);
}

/// <summary>Queries that ask nothing.</summary>
public static class Query
{
    /// <summary>A state that is known without asking.</summary>
    public static Query<T> Known<T>(T state) => new([], _ => state);

    /// <summary>Several queries of one kind in one trip.</summary>
    public static Query<IReadOnlyList<T>> All<T>(IEnumerable<Query<T>> queries)
    {
        var list = queries.ToList();
        return new([.. list.SelectMany(q => q.Inquiries)], answers => [.. list.Select(q => q.Read(answers))]);
    }
}
