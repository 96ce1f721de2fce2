using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Core.Tests.Sessions;

/// <summary>A session with this machine and a folder for its files. Runs as whoever runs the tests.</summary>
public sealed class LocalHosts : IAsyncDisposable
{
    private readonly List<IHostSession> _sessions = [];

    /// <summary>Has a name that no shell may stumble over.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("converge session's $(test) ").FullName;

    public static Host Host { get; } = new Fleet().LocalHost();

    public async Task<IHostSession> ConnectAsync(string shell = "sh", SessionOptions? options = null)
    {
        var connector = new LocalConnector(options ?? new SessionOptions { RaisePrivilege = false }) { Shell = shell };
        var session = await connector.ConnectAsync(Host, TestContext.Current.CancellationToken);
        _sessions.Add(session);
        return session;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    public static QuestionItem Ask(string script, params string[] arguments) => new(new Question<string>("test", script, a => a.Text), arguments);

    public static StepItem Run(params string[] command) => Run(0, command);

    public static StepItem Run(int group, params string[] command) => new(new RunProgram(command[0], command[1..]), default, group);

    public static StepItem Sh(string script, int group = 0) => Run(group, "sh", "-c", script);

    public static StepItem Put(string path, byte[] content, int group = 0) => new(new PutFile(path, Content.Bytes(content)), content, group);

    public static StepItem Put(string path, string content, int group = 0) => Put(path, Encoding.UTF8.GetBytes(content), group);
}
