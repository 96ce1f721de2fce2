using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Testing;

/// <summary>A session with an <see cref="InMemoryHost"/>: the same promises as over SSH.</summary>
internal sealed class InMemorySession(InMemoryHost host, TimeProvider time) : IHostSession
{
    private int _busy;

    public int Exchanges { get; private set; }

    public async Task<IReadOnlyList<ItemResult>> ExchangeAsync(IReadOnlyList<ExchangeItem> items, IProgress<ItemProgress>? progress, CancellationToken ct, CancellationToken noMoreSteps = default)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
        {
            throw new InvalidOperationException($"two exchanges at once with {host.Name}");
        }

        try
        {
            ct.ThrowIfCancellationRequested();
            host.Record(items);
            Exchanges++;
            await Task.Yield();
            await WaitAsync(host.Latency, ct);
            return await RunAllAsync(items, progress, ct, noMoreSteps);
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    public ValueTask DisposeAsync()
    {
        host.Unlock(this);
        return ValueTask.CompletedTask;
    }

    private async Task<IReadOnlyList<ItemResult>> RunAllAsync(IReadOnlyList<ExchangeItem> items, IProgress<ItemProgress>? progress, CancellationToken ct, CancellationToken noMoreSteps)
    {
        var results = new List<ItemResult>();
        var failedGroups = new HashSet<int>();
        for (var i = 0; i < items.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            if (items[i] is StepItem { Group: var group } && (failedGroups.Contains(group) || noMoreSteps.IsCancellationRequested))
            {
                results.Add(new ItemResult(null));
                continue;
            }

            progress?.Report(new ItemProgress(i, ItemPhase.Started));
            var result = await RunAsync(items[i], ct);
            results.Add(result);
            foreach (var line in Lines(items[i], result))
            {
                progress?.Report(new ItemProgress(i, ItemPhase.Output, line));
            }

            progress?.Report(new ItemProgress(i, ItemPhase.Finished));
            if (items[i] is StepItem step && !Succeeded(step.Step, result))
            {
                failedGroups.Add(step.Group);
            }
        }

        return results;
    }

    private async Task<ItemResult> RunAsync(ExchangeItem item, CancellationToken ct)
    {
        if (host.Intercept is { } intercept && await intercept(item, ct) is { } instead)
        {
            return instead;
        }

        var answer = item switch
        {
            QuestionItem question => host.Ask(question),
            LockItem wanted => host.Lock(this, wanted.Holder),
            StepItem { Step: RunProgram run } step => host.Run(new ProgramCall(host, run.Program, [.. run.Arguments, .. run.Pooled ?? []], step.Payload)),
            StepItem { Step: PutFile put } step => Put(put, step.Payload),
            _ => throw new NotSupportedException(item.ToString()),
        };
        var deadline = (item as StepItem)?.Step.Deadline ?? TimeSpan.MaxValue;
        await WaitAsync(answer.Duration < deadline ? answer.Duration : deadline, ct);
        return answer.Duration < deadline ? new ItemResult(answer) : new ItemResult(null, TimedOut: true);
    }

    private Answer Put(PutFile put, ReadOnlyMemory<byte> bytes)
    {
        var old = host.Files.GetValueOrDefault(put.Path);
        var file = (old ?? new InMemoryFile(bytes) { Mode = DefaultMode(put) }) with { Bytes = bytes };
        file = file with { Owner = put.Owner ?? file.Owner, Group = put.Group ?? file.Group, Mode = put.Mode ?? file.Mode };
        if (put.Validation is not { } validation)
        {
            host.Files[put.Path] = file;
            return InMemoryHost.Success;
        }

        var candidate = put.Path + ".new";
        host.Files[candidate] = file;
        var verdict = host.Run(new ProgramCall(host, validation.Program, [.. validation.Arguments.Select(a => a == Validation.NewFile ? candidate : a)], default));
        host.Files.TryRemove(candidate, out _);
        if (!validation.SuccessCodes.Contains(verdict.ExitCode))
        {
            return verdict.ExitCode == 0 ? verdict with { ExitCode = 1 } : verdict;
        }

        host.Files[put.Path] = file;
        return verdict with { ExitCode = 0 };
    }

    private static UnixFileMode DefaultMode(PutFile put) => put.Content.HasSecret
        ? UnixFileMode.UserRead | UnixFileMode.UserWrite
        : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static bool Succeeded(Step step, ItemResult result) => !result.TimedOut && result.Answer is { } answer &&
        (step is RunProgram run ? run.SuccessCodes.Contains(answer.ExitCode) : answer.ExitCode == 0);

    // Answers to questions are data for parsers; only what steps print is shown to people.
    private static string[] Lines(ExchangeItem item, ItemResult result) => item is StepItem && result.Answer is { } answer
        ? (Encoding.UTF8.GetString(answer.Output.Span) + answer.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        : [];

    private Task WaitAsync(TimeSpan span, CancellationToken ct) => span > TimeSpan.Zero ? Task.Delay(span, time, ct) : Task.CompletedTask;
}
