using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Converge.Cli.Commands;
using Converge.Cli.Output;
using Converge.Planning;
using Converge.Testing;

namespace Converge.Cli.Tests;

/// <summary>The whole command with a fleet of in-memory hosts: runs command lines and keeps what was said.</summary>
internal sealed class Stage
{
    private readonly Action<Fleet> _describe;

    public Stage(Action<Fleet> describe)
    {
        _describe = describe;
        var fleet = new Fleet();
        try
        {
            describe(fleet);
        }
        catch (ConvergeException)
        {
            // Thrown again when the command loads the script, which is what such tests are about.
        }

        foreach (var host in fleet.Hosts)
        {
            Thing.Teach(Hosts[host.Name]);
        }
    }

    public InMemoryConnector Hosts { get; } = new();

    public StringWriter Out { get; } = new() { NewLine = "\n" };

    public StringWriter Error { get; } = new() { NewLine = "\n" };

    /// <summary>What the user types; null: there is no terminal.</summary>
    public string? Typed { get; init; }

    public bool Colours { get; init; }

    /// <summary>The key of saved plans.</summary>
    public PlanKey Key { get; set; } = PlanKey.Random();

    public ScriptRequest? Request { get; private set; }

    /// <summary>Times vary and are masked.</summary>
    public string Said => Masked(Out.ToString()) + (Error.ToString() is { Length: > 0 } error ? "--- on standard error ---\n" + error : "");

    public async Task<int> RunAsync(params string[] arguments)
    {
        var surroundings = new Surroundings
        {
            Terminal = new Terminal(new StringReader(Typed ?? ""), Out, Error) { CanAsk = Typed is not null, Colours = Colours },
            Load = (request, _) =>
            {
                Request = request;
                var fleet = new Fleet();
                _describe(fleet);
                return Task.FromResult(new LoadedScript(fleet, [], Compiled: false) { Files = FilesOf(request.Path) });
            },
            Connect = _ => Hosts,
            Time = new ManualTime(),
            PlanKey = () => Key,
        };
        return await CommandLine.RunAsync(arguments, surroundings, TestContext.Current.CancellationToken);
    }

    // What the fleet is, the test says; where there is a file of the script's name, it is its text.
    private static Dictionary<string, byte[]?> FilesOf(string script) =>
        File.Exists(script) ? new() { [Path.GetFullPath(script)] = File.ReadAllBytes(script) } : [];

    private static string Masked(string text) => text;
}
