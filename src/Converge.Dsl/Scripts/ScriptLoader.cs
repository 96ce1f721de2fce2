using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Converge.Scripts;

namespace Converge;

/// <summary>Turns a script file into the fleet that it describes. Touches no host.</summary>
/// <remarks>
/// A script is compiled once and kept; later loads of the same text need no compiler. Nothing of a script is trusted less than the program
/// that loads it: it runs with the same rights.
/// </remarks>
public sealed class ScriptLoader(ScriptOptions? options = null)
{
    private readonly ScriptOptions _options = options ?? new ScriptOptions();

    /// <summary>Compiles (or takes from the cache) and runs a script.</summary>
    /// <param name="path">A <c>.csx</c> file, relative to the current directory.</param>
    /// <param name="ct">Ends the wait; a script that loops goes on by itself.</param>
    /// <exception cref="ScriptException">It is not there, does not compile, or stopped with an error: with every mistake that was found.</exception>
    public async Task<LoadedScript> LoadAsync(string path, CancellationToken ct = default)
    {
        var sources = SourceSet.Read(path);
        var own = ScriptReferences.Own(_options);
        var (script, compiled) = await Task.Run(() => Obtain(sources, own, ct), ct).ConfigureAwait(false);
        var context = new ScriptContext(new Fleet(script.Columns.Locate), Path.GetDirectoryName(sources.Main)!, _options.Variables);
        await new ScriptRun(script, sources, own).RunAsync(context, ct).ConfigureAwait(false);
        return new LoadedScript(context.Finish(), context.Variables.Declared, compiled) { Files = sources.All };
    }

    private (CompiledScript Script, bool Compiled) Obtain(SourceSet sources, IReadOnlyDictionary<string, Assembly> own, CancellationToken ct)
    {
        var name = Path.GetFileName(sources.Main);
        var key = CacheKey.Of(sources, own.Values, _options.Imports);

        // Whose a file is can be told on Linux only; elsewhere nothing is kept.
        var cache = OperatingSystem.IsLinux() ? ScriptCache.Open(_options) : null;
        if (OperatingSystem.IsLinux() && cache?.TryRead(key, name) is { } kept)
            return (kept, false);

        _options.Progress?.Report($"compiling {name} …");
        var script = ScriptCompiler.Compile(sources, own, _options.Imports, ct);
        if (OperatingSystem.IsLinux())
        {
            cache?.Write(key, script);
        }

        return (script, true);
    }
}
