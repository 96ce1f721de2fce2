using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Sessions;

/// <summary>A live connection to one host. One exchange at a time.</summary>
public interface IHostSession : IAsyncDisposable
{
    /// <summary>Request/answer exchanges so far, the handshake not counted.</summary>
    int Exchanges { get; }

    /// <summary>Sends all items in one request and gives their results in the order of the items.</summary>
    /// <param name="items">Run in order. A failed step stops the later steps of its <see cref="StepItem.Group"/>, nothing else.</param>
    /// <param name="progress">Told of items as they start, of the lines that steps print as they arrive (those of standard error when the step has ended) and of items as they end. Null: nobody listens.</param>
    /// <param name="ct">Stops the remote work too (terminated, killed after a grace period) before the task is cancelled.</param>
    /// <param name="noMoreSteps">Lets the item that runs end, leaves out the steps that have not begun, and asks the questions behind them.</param>
    /// <exception cref="HostUnreachableException">The connection broke, or the host stopped answering.</exception>
    Task<IReadOnlyList<ItemResult>> ExchangeAsync(
        IReadOnlyList<ExchangeItem> items, IProgress<ItemProgress>? progress, CancellationToken ct, CancellationToken noMoreSteps = default);
}

/// <summary>Opens sessions.</summary>
public interface IHostConnector
{
    /// <summary>Connects, checks who answers, logs in, raises privilege once.</summary>
    /// <exception cref="HostUnreachableException">With cause and remedy.</exception>
    Task<IHostSession> ConnectAsync(Host host, CancellationToken ct);

    /// <summary>The same over a connection that is made for this session, never one that stands already: it proves that the host lets us in.</summary>
    Task<IHostSession> ConnectAnewAsync(Host host, CancellationToken ct) => ConnectAsync(host, ct);
}

/// <summary>One item of an exchange.</summary>
public abstract record ExchangeItem;

/// <summary>A question with the arguments of all who ask it, one tuple behind the other.</summary>
public sealed record QuestionItem(Question Question, IReadOnlyList<string> Arguments) : ExchangeItem;

/// <summary>
/// Takes the lock of the host for this session; it is freed when the session ends, whatever ends it. Exit code 0: taken, or had already;
/// <see cref="Held"/>: another session has it, and the output is what that one gave as its holder; else it cannot be taken, and the output says why.
/// </summary>
/// <param name="Holder">Who takes it, for those who find it taken. The host adds the address that it sees.</param>
public sealed record LockItem(string Holder) : ExchangeItem
{
    /// <summary>Exit code of a lock that another session has.</summary>
    public const int Held = 1;

    /// <summary>Path on the host. Others must not be able to write its folder.</summary>
    public string Path { get; init; } = "/run/converge-apply.lock";
}

/// <summary>A step, with the bytes that it sends already resolved for this host.</summary>
/// <param name="Step">What to do. Pooled arguments have been merged into one step by the caller.</param>
/// <param name="Payload">Resolved content of a <see cref="PutFile"/>, or standard input of a <see cref="RunProgram"/>; empty when there is none.</param>
/// <param name="Group">Steps of one resource share a group: the first that fails stops the rest of it.</param>
public sealed record StepItem(Step Step, ReadOnlyMemory<byte> Payload, int Group) : ExchangeItem;

/// <summary>How an item ended.</summary>
/// <param name="Answer">Output, error and exit code; null when it was not run, because an earlier step of its group failed or no more steps were wanted.</param>
/// <param name="TimedOut">It was killed at its deadline.</param>
public sealed record ItemResult(Answer? Answer, bool TimedOut = false);

/// <summary>Something happened to an item of a running exchange.</summary>
/// <param name="Index">Which item.</param>
/// <param name="Phase">What.</param>
/// <param name="Line">A line of output, without its end and with control characters neutralised; null for the other phases.</param>
public readonly record struct ItemProgress(int Index, ItemPhase Phase, string? Line = null);

/// <summary>Phases of an item.</summary>
public enum ItemPhase
{
    /// <summary>It runs.</summary>
    Started,

    /// <summary>It printed a line.</summary>
    Output,

    /// <summary>It ended.</summary>
    Finished,
}
