using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Converge.Docs.Tests.Modules;
using Converge.Testing;

namespace Converge.Docs.Tests.Snippets;

/// <summary>What the documents and docstrings show compiles, and describes nothing that would be refused.</summary>
public sealed partial class SnippetTests
{
    private static readonly Dictionary<string, string> _nothing = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Documents =>
    [
        .. Directory.GetFiles(Repository.Root, "*.md").Concat(Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Where(f => File.ReadAllText(f).Contains("```csharp", System.StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Repository.Root, f))
            .Order(),
    ];

    public static TheoryData<string> TypesWithExample =>
    [
        .. new[] { typeof(Fleet), typeof(ScriptLoader), typeof(Converge.Modules.File), typeof(RenderedFleet) }.Select(t => t.Assembly)
            .SelectMany(a => a.GetExportedTypes().Where(t => Documentation.Of(a).Example(t) is not null))
            .Select(t => t.FullName!),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Every_csharp_block_of_a_document_compiles(string document)
    {
        var files = new Dictionary<string, string>();
        foreach (var block in Markdown.Blocks(Repository.Read(document)).Where(b => b.Language == "csharp"))
        {
            try
            {
                await CompileAsync(block.Text, files);
            }
            catch (System.Exception e) when (e is ConvergeException or System.InvalidOperationException)
            {
                Assert.Fail($"{document}:{block.Line}: {e.Message}");
            }

            if (FileName().Match(block.Before) is { Success: true } name)
            {
                files[name.Groups[1].Value] = block.Text;
            }
        }
    }

    [Theory]
    [MemberData(nameof(TypesWithExample))]
    public Task Every_example_of_a_docstring_compiles(string type)
    {
        var assembly = new[] { typeof(Fleet), typeof(ScriptLoader), typeof(Converge.Modules.File), typeof(RenderedFleet) }.Select(t => t.Assembly).Single(a => a.GetType(type) is not null);

        return CompileAsync(Documentation.Of(assembly).Example(assembly.GetType(type)!)!, _nothing);
    }

    [Fact]
    public async Task The_laws_hold_for_the_module_of_the_readme()
    {
        var blocks = Markdown.Blocks(Repository.Read("README.md")).Where(b => b.Language == "csharp").Select(b => b.Text).ToList();
        var module = blocks.Single(b => b.Contains("record Timezone(", System.StringComparison.Ordinal));
        var test = blocks.Single(b => b.StartsWith("ResourceLaws.Check", System.StringComparison.Ordinal));

        await ProgramSnippet.RunAsync(ProgramSnippet.Compile(test, module));
    }

    private static async Task CompileAsync(string text, Dictionary<string, string> files)
    {
        if (ProgramSnippet.Is(text))
        {
            ProgramSnippet.Compile(text, files.Values);
            return;
        }

        Assert.Empty(ScriptSnippet.Mistakes(await ScriptSnippet.RunAsync(text, files, Ct)));
    }

    // "put it in `timezone.csx`:"
    [GeneratedRegex(@"put it in `([\w.]+\.csx)`:$")]
    private static partial Regex FileName();
}
