using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Converge.Scripts;

/// <summary>Gives the compiler the files that <c>#load</c> names, out of those that were read for the cache key.</summary>
internal sealed class LoadResolver(SourceSet sources) : SourceReferenceResolver
{
    public override string? ResolveReference(string path, string? baseFilePath)
    {
        var target = SourceSet.Resolve(path, baseFilePath ?? sources.Main);
        return sources.Sources.GetValueOrDefault(target) is null ? null : target;
    }

    public override string? NormalizePath(string path, string? baseFilePath) => SourceSet.Resolve(path, baseFilePath ?? sources.Main);

    public override Stream OpenRead(string resolvedPath) => new MemoryStream(sources.Sources[resolvedPath]!, writable: false);

    public override SourceText ReadText(string resolvedPath) => SourceText.From(sources.Text(resolvedPath), Encoding.UTF8);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => sources.GetHashCode();
}
