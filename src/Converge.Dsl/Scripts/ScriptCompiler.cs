using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Converge.Scripts;

/// <summary>Compiles a script. The only way to the compiler: who finds a script in the cache never comes here.</summary>
internal static class ScriptCompiler
{
    private static readonly string[] Imports = ["System", "System.Collections.Generic", "System.Linq", "Converge", "Converge.Modules", "Converge.Script"];

    /// <exception cref="ScriptException">With all errors of the compiler.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CompiledScript Compile(SourceSet sources, IReadOnlyDictionary<string, Assembly> own, IReadOnlyList<string> imports, CancellationToken ct)
    {
        var few = Compilation(sources, own, imports, allOfFramework: false, ct);
        if (TryEmit(few, ct) is { } script)
            return script;

        var all = Compilation(sources, own, imports, allOfFramework: true, ct);
        script = TryEmit(all, ct);
        if (script is null && CompileMistakes.Of(all, ct) is { Count: > 0 } mistakes)
            throw new ScriptException(mistakes);

        // Of a script that says nothing the compiler makes nothing, and finds no error either.
        return script ?? TryEmit(few.ReplaceSyntaxTree(few.SyntaxTrees[^1], Parse(sources, ";", ct)), ct)!;
    }

    private static SyntaxTree Parse(SourceSet sources, string text, CancellationToken ct) =>
        CSharpSyntaxTree.ParseText(
            SourceText.From(text, System.Text.Encoding.UTF8),
            new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script),
            sources.Main,
            ct);

    private static CSharpCompilation Compilation(SourceSet sources, IReadOnlyDictionary<string, Assembly> own, IReadOnlyList<string> imports, bool allOfFramework, CancellationToken ct)
    {
        var tree = Parse(sources, sources.Text(sources.Main), ct);
        var references = own.Values.Select(a => a.Location).Concat(ScriptReferences.Framework(allOfFramework));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            scriptClassName: "Submission#0",
            usings: [.. Imports, .. imports],
            sourceReferenceResolver: new LoadResolver(sources),
            metadataReferenceResolver: new LibraryResolver(sources, own),
            nullableContextOptions: NullableContextOptions.Enable,
            deterministic: true);
        return CSharpCompilation.CreateScriptCompilation(
            "converge-script", tree, references.Select(path => MetadataReference.CreateFromFile(path)), options, returnType: typeof(object));
    }

    private static CompiledScript? TryEmit(CSharpCompilation compilation, CancellationToken ct)
    {
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb), cancellationToken: ct);
        if (!result.Success)
            return null;

        var entry = compilation.GetEntryPoint(ct)!;
        var libraries = compilation.DirectiveReferences.OfType<PortableExecutableReference>().Select(r => r.FilePath).OfType<string>();
        return new CompiledScript(assembly.ToArray(), symbols.ToArray(), entry.ContainingType.MetadataName, entry.MetadataName, ColumnFinder.Find(compilation.SyntaxTrees, ct), [.. libraries]);
    }
}
