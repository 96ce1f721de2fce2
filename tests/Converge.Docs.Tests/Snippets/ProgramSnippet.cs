using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Converge.Docs.Tests.Snippets;

/// <summary>C# of a user's own project: statements or members, compiled against the real assemblies.</summary>
internal static class ProgramSnippet
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Converge;

        """;

    // Fields, because what a snippet declares itself hides them. Motd is the resource that docstrings of Converge.Testing speak of.
    private const string Context = """
        using Converge.Applying;
        using Converge.Graph;
        using Converge.Modules;
        using Converge.Sessions;
        using Converge.Testing;
        using Xunit;
        using static Surroundings;

        public sealed record MotdState(string? Text);

        public sealed record Motd(string Text) : Resource<MotdState>
        {
            public override string Kind => "motd";
            public override string Name => "motd";
            public override Query<MotdState> Query => throw new NotSupportedException();
            public override IEnumerable<Change> Diff(MotdState state, DiffContext context) => [];
        }

        public static class Surroundings
        {
            public static Fleet fleet = new();
            public static CancellationToken ct;
            public static string plan = "";
        }

        """;

    /// <summary>Whether a snippet is part of a project, and not of a script.</summary>
    public static bool Is(string text) =>
        text.Contains("await ", StringComparison.Ordinal) || text.Contains("ResourceLaws", StringComparison.Ordinal) || IsMember(text);

    /// <exception cref="InvalidOperationException">It does not compile; with all errors.</exception>
    /// <param name="text">The snippet.</param>
    /// <param name="others">Whole files that belong to the same project.</param>
    public static Assembly Compile(string text, params IEnumerable<string> others)
    {
        var trees = others.Prepend(Usings).Append(Context + Around(text)).Select(t => CSharpSyntaxTree.ParseText(t));
        var compilation = CSharpCompilation.Create("snippet", trees, References(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        var errors = compilation.Emit(assembly).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        return errors.Count == 0 ? Assembly.Load(assembly.ToArray()) : throw new InvalidOperationException(string.Join('\n', errors));
    }

    public static Task RunAsync(Assembly snippet) => (Task)snippet.GetType("Snippet")!.GetMethod("RunAsync")!.Invoke(null, null)!;

    private static string Around(string text) =>
        IsComposite(text) ? $"public sealed record Snippet : Composite {{ public override string Kind => \"\"; public override string Name => \"\"; private Content Text() => \"\";\n{text}\n}}"
        : IsMember(text) ? $"public class Snippet {{\n{text}\n}}"
        : $"public static class Snippet {{ public static async Task RunAsync() {{\n{text}\nawait Task.CompletedTask; }} }}";

    private static bool IsComposite(string text) => text.StartsWith("public override void Expand", StringComparison.Ordinal);

    private static bool IsMember(string text) => text.StartsWith('[') || IsComposite(text);

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
}
