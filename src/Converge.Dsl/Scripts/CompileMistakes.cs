using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Converge.Scripts;

/// <summary>The compiler's errors as mistakes of the script, with what was probably meant.</summary>
internal static class CompileMistakes
{
    private const string LibraryNotFound = "CS0006";
    private const string SourceNotFound = "CS1504";

    private const string NoPackages = "Name the library's file: #r \"path/to/Library.dll\"\n"
        + "    Or write the fleet as a program, which takes packages: dotnet run site.cs, with #:package";

    private static readonly Regex Quoted = new("'([^']*)'");

    // "(are you missing a using directive or an assembly reference?)": a question too many where there is an answer.
    private static readonly Regex CompilersGuess = new(@" \(are you missing [^)]*\)$");

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
        var named = Quoted.Match(message).Groups[1].Value;
        if (error.Id == LibraryNotFound && named.StartsWith("nuget:", StringComparison.Ordinal))
            return new Mistake("#r \"nuget: …\" is not supported in scripts", at) { Remedy = NoPackages };

        var remedy = error.Id is LibraryNotFound or SourceNotFound ? NearbyFile(named, at) : NameSuggestion.For(compilation, error);
        return new Mistake($"{error.Id}: {(remedy is null ? message : CompilersGuess.Replace(message, ""))}", at) { Remedy = remedy };
    }

    private static string? NearbyFile(string named, SourceLocation at)
    {
        var folder = Path.GetDirectoryName(SourceSet.Resolve(named, at.File))!;
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!) : [];
        return Spelling.Suggest(Path.GetFileName(named), files);
    }

    private static SourceLocation Place(Diagnostic error)
    {
        var span = error.Location.GetMappedLineSpan();
        return span.IsValid ? new SourceLocation(span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1) : SourceLocation.Unknown;
    }
}
