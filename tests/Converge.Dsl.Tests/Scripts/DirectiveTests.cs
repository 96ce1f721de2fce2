using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Converge.Scripts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Converge.Dsl.Tests.Scripts;

public sealed class DirectiveTests : IDisposable
{
    private readonly ScriptFolder _folder = new("a folder with spaces — and ünicode");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Loaded_files_share_one_fleet_and_find_files_beside_themselves()
    {
        _folder["lib/hosts.csx"] = """
            #load "more/webs.csx"
            var db = Host("db1");
            db.Add(new File("/etc/a") { Content = FileBeside("a.txt") });
            """;
        _folder["lib/a.txt"] = "a beside hosts.csx";
        _folder["lib/more/webs.csx"] = """
            #load "../hosts.csx"
            var web = Host("web1");
            """;

        var fleet = await _folder.FleetAsync("""
            #load "lib/hosts.csx"
            #load "lib/more/webs.csx"
            Hosts(db, web).Add(new File("/etc/b") { Content = Content.FromFile("lib/a.txt") });
            """);

        Assert.Equal(["web1 at webs.csx:2:11", "db1 at hosts.csx:2:10"], fleet.Hosts.Select(h => $"{h} at {h.DeclaredAt}"));
        Assert.Equal(["a beside hosts.csx", "a beside hosts.csx"], fleet.Declarations.Select(d => ((Modules.File)d.Resource).Content!.ToString()));
    }

    [Fact]
    public async Task A_library_is_referenced_by_its_path_and_finds_its_own_neighbours()
    {
        var neighbour = Library("neighbour", "public static class Neighbour { public static string Name => \"db1\"; }");
        Library("my library", "public static class Mine { public static string Name => Neighbour.Name; }", neighbour);

        var fleet = await _folder.FleetAsync("""
            #r "lib/my library.dll"
            Host(Mine.Name);
            """);

        Assert.Equal("db1", fleet.Hosts.Single().Name);
    }

    [Fact]
    public async Task Another_build_of_a_library_compiles_anew()
    {
        Library("mine", "public static class Mine { public const string Name = \"db1\"; }");
        _folder["site.csx"] = "#r \"lib/mine.dll\"\nHost(Mine.Name);";
        await _folder.LoadAsync();
        Library("mine", "public static class Mine { public const string Name = \"db2\"; }");

        var loaded = await _folder.LoadAsync();

        Assert.True(loaded.Compiled);
        Assert.Equal("db2", loaded.Fleet.Hosts.Single().Name);
    }

    [Fact]
    public async Task Converge_itself_is_always_the_running_one()
    {
        var fleet = await _folder.FleetAsync("""
            #r "/elsewhere/in/an/editor/Converge.Dsl.dll"
            #r "Converge.Core"
            #r "System.Xml.XDocument"
            Host("db1");
            """);

        Assert.IsType<Fleet>(fleet);
    }

    [Fact]
    public async Task Any_part_of_dotnet_can_be_used()
    {
        var fleet = await _folder.FleetAsync("""
            var xml = System.Xml.Linq.XElement.Parse("<host>db1</host>");
            Host(System.Text.Json.JsonSerializer.Deserialize<string>($"\"{xml.Value}\""));
            """);

        Assert.Equal("db1", fleet.Hosts.Single().Name);
    }

    [Theory]
    [InlineData("#load \"a b.csx\"", "load a b.csx")]
    [InlineData("\t #  load\"x\" // why", "load x")]
    [InlineData("// c\r#r \"a.dll\"\u2028#load \"b\"", "r a.dll load b")]
    [InlineData("/* c */ #load \"x\"", "")]
    [InlineData("#load x\n#load \"\n#load \"\"\n#region \"x\"\n# \n#", "r x")]
    [InlineData("#if false\n#load \"x\"\n#endif", "load x")]
    public void Directives_are_found_without_the_compiler(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Directives.Find(text).Select(d => $"{(d.IsLoad ? "load" : "r")} {d.Path}")));

    private string Library(string name, string code, params string[] references)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "lib")).FullName, name + ".dll");
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            references.Append(typeof(object).Assembly.Location).Select(r => MetadataReference.CreateFromFile(r)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(compilation.Emit(path).Success);
        return path;
    }
}
