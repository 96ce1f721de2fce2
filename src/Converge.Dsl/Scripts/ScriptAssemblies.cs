using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace Converge.Scripts;

/// <summary>Where a script's assembly lives: it sees the running program's Converge, and its own <c>#r</c> files.</summary>
internal sealed class ScriptAssemblies(IReadOnlyDictionary<string, Assembly> own, IReadOnlyList<string> libraries)
    : AssemblyLoadContext("script", isCollectible: true)
{
    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name)
            return null;

        if (own.TryGetValue(name, out var assembly))
            return assembly;

        // A library's own dependencies lie beside it.
        var path = libraries.FirstOrDefault(l => Path.GetFileNameWithoutExtension(l) == name)
            ?? libraries.Select(l => Path.Combine(Path.GetDirectoryName(l)!, name + ".dll")).FirstOrDefault(File.Exists);
        return path is null ? null : LoadFromAssemblyPath(path);
    }
}
