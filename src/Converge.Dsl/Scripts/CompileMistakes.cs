using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Converge.Scripts;

/// <summary>The compiler's errors as mistakes of the script, with what was probably meant.</summary>
internal static class CompileMistakes
{
    private const string LibraryNotFound = "CS0006";

    public static IReadOnlyList<Mistake> Of(CSharpCompilation compilation, CancellationToken ct)
    {
        var order = compilation.SyntaxTrees.Select((tree, index) => (tree.FilePath, index)).ToDictionary(t => t.FilePath, t => t.index);
        return
        [
            .. from error in compilation.GetDiagnostics(ct)
               where error.Severity == DiagnosticSeverity.Error
               let at = Place(error)
               orderby order.GetValueOrDefault(at.File, -1), at.Line, at.Column
               select Mistake(compilation, error, at),
        ];
    }

    private static Mistake Mistake(CSharpCompilation compilation, Diagnostic error, SourceLocation at)
    {
        var message = error.GetMessage();
        return error.Id == LibraryNotFound && message.Contains("'nuget:", StringComparison.Ordinal)
            ? new Mistake("#r \"nuget: …\" is not supported in scripts", at) { Remedy = "Name the library's file: #r \"path/to/Library.dll\"\nOr write the fleet as a program, which takes packages: dotnet run site.cs, with #:package" }
            : new Mistake($"{error.Id}: {message}", at) { Remedy = NameSuggestion.For(compilation, error) };
    }

    private static SourceLocation Place(Diagnostic error)
    {
        var span = error.Location.GetMappedLineSpan();
        return span.IsValid ? new SourceLocation(span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1) : SourceLocation.Unknown;
    }
}
