using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Planning;
using Converge.Sessions;

namespace Converge.Applying;

/// <summary>Takes a host's lock on the way: the request for it rides along with the first questions.</summary>
internal sealed class HostLock(Host host, TimeSpan patience, TimeProvider time, Action<RunEvent> tell)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A run that has just ended is about to let go of it.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks the questions with the lock in hand; what was answered while another run had it is not used.</summary>
    /// <exception cref="HostLockedException">It was not to be had in time.</exception>
    public async Task<IReadOnlyList<ItemResult>> AskAsync(IHostSession session, IReadOnlyList<ExchangeItem> questions, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        var wanted = new LockItem($"{Environment.UserName}@{Environment.MachineName} (pid {Environment.ProcessId}) since {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC");
        var results = await session.ExchangeAsync([wanted, .. questions], null, ct).ConfigureAwait(false);
        if (HolderIn(results[0]) is not { } holder)
        {
            return [.. results.Skip(1)];
        }

        var (told, pause) = ("", FirstPause);
        do
        {
            await Task.Delay(pause, time, ct).ConfigureAwait(false);
            results = await session.ExchangeAsync([wanted], null, ct).ConfigureAwait(false);
            if (HolderIn(results[0]) is not { } next)
            {
                return await session.ExchangeAsync(questions, null, ct).ConfigureAwait(false);
            }

            (holder, pause) = (next, Pause);
            if (told != holder && time.GetElapsedTime(start) < patience)
            {
                told = holder;
                tell(new HostLocked(host, holder, patience - time.GetElapsedTime(start)));
            }
        }
        while (time.GetElapsedTime(start) < patience);

        throw new HostLockedException($"another run is at work on it: {holder}", "Wait for that run, or stop it. If its process is gone, its lock goes with it within seconds.");
    }

    // Null: it is ours.
    private static string? HolderIn(ItemResult result)
    {
        var words = Redaction.Clean(ToolWords.OneLine(result.Answer));
        return result.Answer?.ExitCode switch
        {
            0 => null,
            LockItem.Held => words.Length > 0 ? words : "it has not said who it is",
            _ => throw new HostLockedException($"its lock cannot be taken: {words}", null),
        };
    }
}

/// <summary>Another run has the host's lock, or it cannot be taken.</summary>
internal sealed class HostLockedException(string message, string? remedy) : ConvergeException(message, remedy);
