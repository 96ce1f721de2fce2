using System.Collections.Generic;

namespace Converge.Scripts;

/// <summary>What the compiler made of a script: all that is needed to run it.</summary>
/// <param name="Assembly">The IL.</param>
/// <param name="Symbols">Portable PDB, for line numbers in errors.</param>
/// <param name="EntryType">The type that holds the entry point.</param>
/// <param name="EntryMethod">A static method that takes <c>object[]</c> and returns <c>Task&lt;object&gt;</c>.</param>
/// <param name="Columns">Where calls begin in their line.</param>
/// <param name="Libraries">Absolute paths of the <c>#r</c> files that it was compiled against.</param>
internal sealed record CompiledScript(
    byte[] Assembly, byte[] Symbols, string EntryType, string EntryMethod, ColumnTable Columns, IReadOnlyList<string> Libraries);
