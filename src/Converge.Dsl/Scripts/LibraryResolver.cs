using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Converge.Scripts;

/// <summary>Gives the compiler what <c>#r</c> names: a file that was read for the cache key, one of .NET's assemblies by name, or Converge itself.</summary>
/// <remarks>
/// Editors need <c>#r "…/Converge.Dsl.dll"</c> to complete a script's words: whatever copy it names, the running program's Converge is meant.
/// </remarks>
internal sealed class LibraryResolver(SourceSet sources, IReadOnlyDictionary<string, Assembly> own) : MetadataReferenceResolver
{
    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var name = Path.GetFileName(reference);
        name = name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
        if (own.TryGetValue(name, out var assembly))
            return [MetadataReference.CreateFromFile(assembly.Location, properties)];

        var path = SourceSet.Resolve(reference, baseFilePath ?? sources.Main);
        if (sources.Libraries.GetValueOrDefault(path) is { } bytes)
            return [MetadataReference.CreateFromImage(bytes, properties, filePath: path)];

        var framework = ScriptReferences.Framework(all: true).FirstOrDefault(f => Path.GetFileNameWithoutExtension(f) == reference);
        return framework is null ? [] : [MetadataReference.CreateFromFile(framework, properties)];
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => sources.GetHashCode();
}
