using System;
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

    /// <summary>The absolute path of a file that is named relative to the folder of this source file.</summary>
    /// <remarks>Relative to the program's own folder when the source file's does not exist here: a program built on another machine.</remarks>
    public string PathBeside(string path) =>
        Path.GetDirectoryName(File) is { Length: > 0 } folder && Directory.Exists(folder)
            ? Path.GetFullPath(path, Path.GetFullPath(folder))
            : Path.GetFullPath(path, AppContext.BaseDirectory);

    /// <summary><c>foobar.csx:41:5</c>, with the file's name only.</summary>
    public override string ToString() => (Line, Column) switch
    {
        (0, _) => "unknown place",
        (_, 0) => $"{Path.GetFileName(File)}:{Line}",
        _ => $"{Path.GetFileName(File)}:{Line}:{Column}",
    };
}
