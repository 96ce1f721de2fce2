using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Acceptance.Secrets;

/// <summary>
/// Looks, over and over, at the arguments and the environment of every process of this machine; those of rehearsal hosts are among them. Only the
/// controller itself was given the secret in its environment.
/// </summary>
internal sealed class ProcessWatch : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, bool> _found = new();
    private readonly CancellationTokenSource _end = new();
    private readonly PlantedSecret _planted;
    private readonly Task _watching;

    public ProcessWatch(PlantedSecret planted)
    {
        _planted = planted;
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>What showed it.</summary>
    public IReadOnlyCollection<string> Found => [.. _found.Keys];

    /// <summary>How often all processes were looked at.</summary>
    public int Rounds { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => char.IsAsciiDigit(p["/proc/".Length])))
            {
                var arguments = Read($"{process}/cmdline");
                var environment = arguments.Contains("converge.dll", StringComparison.Ordinal) ? "" : Read($"{process}/environ");
                if (_planted.In(arguments) is { } argument)
                {
                    _found[$"arguments: {argument}"] = true;
                }

                // Between fork and exec a child of the test still has its name, and of the controller its own.
                if (_planted.In(environment) is { } variable && Read($"{process}/cmdline") == arguments)
                {
                    _found[$"environment of {arguments}: {variable}"] = true;
                }
            }

            Rounds++;
            await Task.Delay(5);
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return "";
        }
    }
}
