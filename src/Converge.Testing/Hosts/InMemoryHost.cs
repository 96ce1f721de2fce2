using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Testing;

/// <summary>A host in memory: files, answers to questions and programs as the test gives them, and a record of all that reached it.</summary>
public sealed class InMemoryHost
{
    private readonly ConcurrentDictionary<string, Func<IReadOnlyList<string>, Answer>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<ProgramCall, Answer>> _programs = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<ExchangeItem>> _exchanges = [];
    private readonly Lock _lock = new();
    private (object Session, string Holder)? _lockedBy;

    internal InMemoryHost(string name)
    {
        Name = name;
        Facts = new HostFacts
        {
            HostName = name,
            Distribution = "debian",
            Version = "12",
            Codename = "bookworm",
            Kernel = "6.1.0-18-amd64",
            Architecture = "x86_64",
            Init = "systemd",
            PackageManager = "apt",
            MemoryBytes = 1L << 30,
            Processors = 2,
            BootId = "00000000-0000-4000-8000-000000000000",
        };
        Answers("facts", _ => FactsText.Of(Facts));
    }

    /// <summary>Exit code 0 and no output.</summary>
    public static Answer Success { get; } = Answer.FromText("");

    /// <summary>The name that the fleet has for it.</summary>
    public string Name { get; }

    /// <summary>What it says when it is asked for facts. Default: a small Debian 12 with systemd and no interfaces.</summary>
    public HostFacts Facts { get; set; }

    /// <summary>Its files by path. <see cref="PutFile"/> steps change them.</summary>
    public ConcurrentDictionary<string, InMemoryFile> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>How long a connection and each exchange take, by the connector's clock. Default: none.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Thrown to whoever connects. Null: the host lets everyone in.</summary>
    public HostUnreachableException? Unreachable { get; set; }

    /// <summary>
    /// Asked before each item is run; what it returns is the result instead, null lets the item run, and what it throws breaks the exchange.
    /// Null: nothing is intercepted.
    /// </summary>
    public Func<ExchangeItem, CancellationToken, Task<ItemResult?>>? Intercept { get; set; }

    /// <summary>Every exchange that was begun, over all connections, each with its items.</summary>
    public IReadOnlyList<IReadOnlyList<ExchangeItem>> Exchanges
    {
        get
        {
            lock (_lock)
            {
                return [.. _exchanges];
            }
        }
    }

    /// <summary>Every step that reached the host, in order, described as in plans; steps after a failure of their group are among them.</summary>
    public IReadOnlyList<string> Steps => [.. Exchanges.SelectMany(e => e).OfType<StepItem>().Select(i => i.Step.Describe())];

    /// <summary>Answers a question by its name; the function gets the arguments of all who ask, one tuple behind the other.</summary>
    public InMemoryHost Answers(string question, Func<IReadOnlyList<string>, Answer> answer)
    {
        _answers[question] = answer;
        return this;
    }

    /// <summary>Answers a question by its name with text on standard output.</summary>
    public InMemoryHost Answers(string question, Func<IReadOnlyList<string>, string> answer) =>
        Answers(question, arguments => Answer.FromText(answer(arguments)));

    /// <summary>
    /// Runs a program by its name, as <see cref="RunProgram"/> steps and validations call it. Other programs are not found: exit code 127.
    /// The answer's <see cref="Answer.Duration"/> passes on the connector's clock; beyond the step's deadline it times out.
    /// </summary>
    public InMemoryHost Runs(string program, Func<ProgramCall, Answer> run)
    {
        _programs[program] = run;
        return this;
    }

    /// <summary>Makes a program succeed silently.</summary>
    public InMemoryHost Runs(string program) => Runs(program, _ => Success);

    internal Answer Lock(object session, string holder)
    {
        lock (_lock)
        {
            _lockedBy ??= (session, holder);
            return _lockedBy.Value.Session == session ? Success : Answer.FromText(_lockedBy.Value.Holder + "\n", exitCode: LockItem.Held);
        }
    }

    internal void Unlock(object session)
    {
        lock (_lock)
        {
            _lockedBy = _lockedBy?.Session == session ? null : _lockedBy;
        }
    }

    internal void Record(IReadOnlyList<ExchangeItem> items)
    {
        lock (_lock)
        {
            _exchanges.Add(items);
        }
    }

    internal Answer Ask(QuestionItem item) => _answers.TryGetValue(item.Question.Name, out var answer)
        ? answer(item.Arguments)
        : throw new InvalidOperationException($"{Name} was asked {item.Question.Name}, but the test gave no answer to it: connector[\"{Name}\"].Answers(\"{item.Question.Name}\", …)");

    internal Answer Run(ProgramCall call) => _programs.TryGetValue(call.Program, out var run)
        ? run(call)
        : Answer.FromText("", $"sh: 1: {call.Program}: not found\n", 127);
}

/// <summary>A file of an in-memory host.</summary>
public sealed record InMemoryFile(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Default: root.</summary>
    public string Owner { get; init; } = "root";

    /// <summary>Default: root.</summary>
    public string Group { get; init; } = "root";

    /// <summary>Default: 0644.</summary>
    public System.IO.UnixFileMode Mode { get; init; } = System.IO.UnixFileMode.UserRead | System.IO.UnixFileMode.UserWrite | System.IO.UnixFileMode.GroupRead | System.IO.UnixFileMode.OtherRead;

    /// <summary>The bytes as UTF-8.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>Text is a file.</summary>
    public static implicit operator InMemoryFile(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}

/// <summary>One run of a program on an in-memory host.</summary>
/// <param name="Host">Where; its files may be read and changed.</param>
/// <param name="Program">As the step names it.</param>
/// <param name="Arguments">Pooled ones at the end.</param>
/// <param name="Input">Standard input.</param>
public sealed record ProgramCall(InMemoryHost Host, string Program, IReadOnlyList<string> Arguments, ReadOnlyMemory<byte> Input)
{
    /// <summary>Standard input as UTF-8.</summary>
    public string InputText => System.Text.Encoding.UTF8.GetString(Input.Span);
}
