using System.Collections.Generic;

namespace Converge.Scripts;

/// <summary>Where the calls of a script begin in their lines. The compiler passes a call its file and line, but not its column.</summary>
internal sealed class ColumnTable(IReadOnlyDictionary<(string File, int Line), int> columns)
{
    public IReadOnlyDictionary<(string File, int Line), int> Columns { get; } = columns;

    /// <summary>The place with its column, where that is missing and known.</summary>
    public SourceLocation Locate(SourceLocation at) =>
        at.Column == 0 && Columns.TryGetValue((at.File, at.Line), out var column) ? at with { Column = column } : at;
}
