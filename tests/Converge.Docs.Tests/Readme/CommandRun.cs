using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Converge.Cli.Commands;
using Converge.Cli.Output;
using Converge.Testing;

namespace Converge.Docs.Tests.Readme;

/// <summary>The converge command with real scripts, in a folder of its own, and hosts in memory.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("converge-readme.").FullName;

    public InMemoryConnector Hosts { get; } = new();

    public CommandRun With(string script, string text)
    {
        File.WriteAllText(PathOf(script), text);
        return this;
    }

    public string PathOf(string script) => Path.Combine(_folder, script);

    /// <summary>What the command wrote to both of its outputs.</summary>
    public async Task<string> SaysAsync(params string[] arguments)
    {
        var said = new StringWriter { NewLine = "\n" };
        await CommandLine.RunAsync(arguments, new Surroundings { Terminal = new Terminal(TextReader.Null, said, said), Load = LoadAsync, Connect = _ => Hosts }, TestContext.Current.CancellationToken);
        return said.ToString();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<LoadedScript> LoadAsync(ScriptRequest request, CancellationToken ct) =>
        new ScriptLoader(new ScriptOptions { CacheFolder = null, Variables = request.Variables }).LoadAsync(request.Path, ct);
}
