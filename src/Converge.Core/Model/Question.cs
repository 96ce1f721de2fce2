using System;
using System.Collections.Generic;

namespace Converge;

/// <summary>
/// What can be asked of a host: a small POSIX shell text that only reads. One object per kind of question; resources of a host that ask the
/// same question are answered together, in one run of the text.
/// </summary>
public abstract class Question
{
    private protected Question(string name, string script) => (Name, Script) = (name, script);

    /// <summary>Names the question in errors and to in-memory hosts: <c>file</c>, <c>dpkg</c>, <c>systemd-unit</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// Run by <c>sh</c> as root in a subshell of its own, with the arguments of everyone who asks in <c>"$@"</c>, standard input empty,
    /// <c>LC_ALL=C</c>. Must not change anything. May branch (apt or dnf), so that one trip is enough.
    /// </summary>
    public string Script { get; }

    internal abstract object ReadErased(Answer answer);
}

/// <inheritdoc/>
/// <typeparam name="T">What the answer is read into; holds the answers of all who asked.</typeparam>
/// <param name="name">See <see cref="Question.Name"/>.</param>
/// <param name="script">See <see cref="Question.Script"/>.</param>
/// <param name="read">Pure parser. Throws <see cref="ProbeException"/> or <see cref="FormatException"/> when the answer makes no sense.</param>
public sealed class Question<T>(string name, string script, Func<Answer, T> read) : Question(name, script)
    where T : notnull
{
    /// <summary>Asks with these arguments. Arguments of several askers are put one behind the other, equal tuples once, so all tuples of one question have one length.</summary>
    public Query<T> Ask(params IReadOnlyList<string> arguments) => new([new Inquiry(this, arguments)], answers => (T)answers(this));

    /// <summary>Reads an answer; what the engine does, for tests of a parser.</summary>
    public T Read(Answer answer) => read(answer);

    internal override object ReadErased(Answer answer) => read(answer);
}

/// <summary>One asking of a question: the question and one tuple of arguments.</summary>
public sealed record Inquiry(Question Question, IReadOnlyList<string> Arguments);
