using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Converge.Dsl.Tests.Scripts;

/// <summary>A folder with scripts and a cache of its own; gone with the test.</summary>
internal sealed class ScriptFolder : IDisposable, IProgress<string>
{
    private readonly List<string> _said = [];

    public ScriptFolder(string name = "scripts") => Directory.CreateDirectory(Path = System.IO.Path.Combine(Root, name));

    public string Root { get; } = Directory.CreateTempSubdirectory("converge-test-").FullName;

    public string Path { get; }

    public string Cache => System.IO.Path.Combine(Root, "cache");

    public IReadOnlyList<string> Said => _said;

    public IReadOnlyList<string> Entries => Directory.Exists(Cache) ? [.. Directory.EnumerateFiles(Cache).Order()] : [];

    public string this[string file]
    {
        set
        {
            var path = System.IO.Path.Combine(Path, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllText(path, value);
        }
    }

    public ScriptOptions Options => new() { CacheFolder = Cache, Progress = this };

    public Task<LoadedScript> LoadAsync(string file = "site.csx", Func<ScriptOptions, ScriptOptions>? change = null) =>
        new ScriptLoader(change is null ? Options : change(Options)).LoadAsync(System.IO.Path.Combine(Path, file), TestContext.Current.CancellationToken);

    /// <summary>The fleet of a script text.</summary>
    public async Task<Fleet> FleetAsync(string script, params (string Name, string Value)[] variables)
    {
        this["site.csx"] = script;
        var loaded = await LoadAsync("site.csx", o => o with { Variables = variables.ToDictionary(v => v.Name, v => v.Value) });
        return loaded.Fleet;
    }

    /// <summary>What a script that cannot be loaded is answered.</summary>
    public async Task<string> RefusalAsync(string script, params (string Name, string Value)[] variables) =>
        (await Assert.ThrowsAsync<ScriptException>(() => FleetAsync(script, variables))).Message;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    void IProgress<string>.Report(string value) => _said.Add(value);
}
