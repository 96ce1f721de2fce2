using System;
using System.Linq;
using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Dsl.Tests.Scripts;

public sealed class CompileMistakeTests : IDisposable
{
    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_errors_of_a_script_are_shown_with_what_was_probably_meant()
    {
        var refusal = await _folder.RefusalAsync("""
            using System.Text;
            var db = Hots("db1", "10.77.0.41");
            var web = Host("web1", adress: "10.77.0.21");
            web.Ad(new File("/etc/motd"));
            web.Add(new File("/etc/motd") { Contnt = "x", Owner = 0 });
            web.Add(new File("/etc/issue") { Mode = "0644" });
            web.Add(new Pakage("nginx"));
            web.Add(new File("/x") with { Ownr = "x" });
            var path = Path.Combine("a", "b");
            var json = JsonDocument.Parse("{}");
            Console.WritLine(web.Nme);
            int port = "eighty";
            var place = Placement.Frist;
            foreach (var host in AllHosts.Were(h => h.Name == "x")) { }
            System.Tex.StringBuilder text;
            var end = Host("a")
            """);

        await Verifier.Verify(refusal);
    }

    [Fact]
    public async Task Errors_in_loaded_files_name_the_loaded_file()
    {
        _folder["lib/hosts.csx"] = "\nvar db = Host(\"db1\").Nam;\n";

        var refusal = await _folder.RefusalAsync("""
            #load "lib/hosts.csx"
            var x = y;
            """);

        Assert.Equal(
            """
            hosts.csx:2:22: CS1061: 'Host' does not contain a definition for 'Nam' and no accessible extension method 'Nam' accepting a first argument of type 'Host' could be found
                did you mean Name?
            site.csx:2:9: CS0103: The name 'y' does not exist in the current context
            """,
            refusal);
    }

    [Fact]
    public async Task What_a_script_names_and_is_not_there_is_said_at_its_place()
    {
        _folder["hosts.csx"] = "";

        var refusal = await _folder.RefusalAsync("""
            #load "host.csx"
            #r "nuget: Newtonsoft.Json, 13.0.1"
            #r "lib/nothere.dll"
            var x = y;
            """);

        Assert.Equal(
            """
            site.csx:1:7: CS1504: Source file 'host.csx' could not be opened -- Could not find file.
                did you mean hosts.csx?
            site.csx:2:1: #r "nuget: …" is not supported in scripts
                Name the library's file: #r "path/to/Library.dll"
                Or write the fleet as a program, which takes packages: dotnet run site.cs, with #:package
            site.csx:3:1: CS0006: Metadata file 'lib/nothere.dll' could not be found
            site.csx:4:9: CS0103: The name 'y' does not exist in the current context
            """,
            refusal);
    }

    [Fact]
    public async Task Warnings_are_no_errors()
    {
        var fleet = await _folder.FleetAsync("""
            #warning old
            string name = null;
            [Obsolete] string Old() => "db1";
            Host(Old());
            """);

        Assert.Equal("db1", fleet.Hosts.Single().Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("// nothing\n")]
    [InlineData("using System.Text;")]
    [InlineData("#load \"nothing.csx\"")]
    public async Task A_script_that_says_nothing_describes_nothing(string script)
    {
        _folder["nothing.csx"] = "";

        var fleet = await _folder.FleetAsync(script);

        Assert.Empty(fleet.Hosts);
    }

    [Theory]
    [InlineData("missing.csx", "there is no script {0}missing.csx")]
    [InlineData("sit.csx", "there is no script {0}sit.csx\n    did you mean site.csx?")]
    [InlineData("no/such/folder.csx", "there is no script {0}no/such/folder.csx")]
    public async Task A_script_that_is_not_there_is_a_mistake(string file, string message)
    {
        _folder["site.csx"] = "";

        var error = await Assert.ThrowsAsync<ScriptException>(() => _folder.LoadAsync(file));

        Assert.Equal(message.Replace("{0}", _folder.Path + "/", StringComparison.Ordinal), error.Message);
    }

    [Fact]
    public async Task A_folder_is_no_script()
    {
        _folder["site.csx"] = "";

        var error = await Assert.ThrowsAsync<ScriptException>(() => new ScriptLoader(_folder.Options).LoadAsync(_folder.Path, TestContext.Current.CancellationToken));

        Assert.Equal($"{_folder.Path} is a folder\n    Name the script in it: {_folder.Path}/site.csx", error.Message);
    }
}
