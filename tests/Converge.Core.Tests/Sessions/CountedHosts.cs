using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Core.Tests.Sessions;

/// <summary>
/// Sessions with this machine that count what they cost it: each shell is in a process namespace of its own, where the kernel numbers processes
/// one by one and nobody else starts any.
/// </summary>
public sealed class CountedHosts : IHostConnector, IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("converge-counted").FullName;
    private readonly ConcurrentBag<IHostSession> _sessions = [];
    private readonly LocalConnector _connector;

    /// <summary><paramref name="program"/>: the shell that each session is.</summary>
    public CountedHosts(string program = "sh")
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root makes process namespaces");
        var shell = Path.Combine(_folder, "sh");
        File.WriteAllText(shell, $"#!/bin/sh\nexec unshare --pid --fork --mount-proc --kill-child {program} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(shell, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _connector = new LocalConnector(new SessionOptions { RaisePrivilege = false }) { Shell = shell };
    }

    /// <summary>Shells that were opened: one connection with one channel each.</summary>
    public int Channels => _sessions.Count;

    /// <summary>The only one that was opened.</summary>
    public IHostSession Session => _sessions.Single();

    public async Task<IHostSession> ConnectAsync(Host host, CancellationToken ct)
    {
        var session = await _connector.ConnectAsync(host, ct);
        _sessions.Add(session);
        return session;
    }

    /// <summary>Processes that have been started on the other end so far, in an exchange of its own, which counts itself.</summary>
    public static async Task<int> StartedAsync(IHostSession session)
    {
        var question = new Question<string>("processes", "cat /proc/sys/kernel/ns_last_pid", answer => answer.Text);
        var results = await session.ExchangeAsync([new QuestionItem(question, [])], null, TestContext.Current.CancellationToken);
        return int.Parse(results[0].Answer!.Text, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
