using System.IO;

namespace Converge;

/// <summary>A place in a script or program: where something was declared.</summary>
/// <param name="File">Path as the compiler saw it; empty when unknown.</param>
/// <param name="Line">1-based; 0 when unknown.</param>
/// <param name="Column">1-based; 0 when unknown.</param>
public readonly record struct SourceLocation(string File, int Line, int Column = 0)
{
    /// <summary>No place is known.</summary>
    public static SourceLocation Unknown => new("", 0);

    /// <summary><c>foobar.csx:41:5</c>, with the file's name only.</summary>
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => "unknown place",
        (_, 0) => $"{Path.GetFileName(File)}:{Line}",
        _ => $"{Path.GetFileName(File)}:{Line}:{Column}",
    };
}
