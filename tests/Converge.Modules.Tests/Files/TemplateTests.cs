using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Converge.Graph;

namespace Converge.Modules.Tests.Files;

public sealed class TemplateTests : IDisposable
{
    private static readonly Secret _password = Secret.FromValue("DB_PASSWORD", "hunter2-and-more");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static Content Render(string text, object? values = null) =>
        TemplateRenderer.Render(text, values ?? new { }, new Fleet().Host("web1", "10.77.0.21", ["web"]));

    private static string Text(string text, object? values = null) => Encoding.UTF8.GetString(Render(text, values).Resolve(new HostFacts { HostName = "real" }).Span);

    private static string Error(string text, object? values = null)
    {
        var error = Assert.Throws<TemplateException>(() => Render(text, values));
        return $"{error.Line}:{error.Column}: {error.Message}";
    }

    private static IReadOnlyList<Mistake> MistakesOf(Template template)
    {
        var fleet = new Fleet();
        Fleet.Group(fleet.Host("a"), fleet.Host("b")).Add(template);
        return Assert.Throws<ScriptException>(() => FleetGraph.Build(fleet)).Mistakes;
    }

    [Fact]
    public void Values_are_written_where_they_are_named() =>
        Assert.Equal(
            "port 8000 of web1 at 10.77.0.21, a b \n",
            Text("port {{ app.Port }} of {{ host.name }} at {{ host.address }}, {{ for n in names }}{{ n }} {{ end }}\n", new { app = new { Port = 8000 }, names = new[] { "a", "b" } }));

    [Fact]
    public void A_dictionary_gives_values_as_well() =>
        Assert.Equal("1 2", Text("{{ a }} {{ b.c }}", new Dictionary<string, object> { ["a"] = 1, ["b"] = new Dictionary<string, object> { ["c"] = 2 } }));

    [Theory]
    [InlineData("a\r\nb\r\n")]
    [InlineData("no final newline")]
    [InlineData("  größe \u65e5 \ue000 \t$(x) `y` {")]
    [InlineData("")]
    public void Text_outside_of_braces_stays_as_it_is(string text) => Assert.Equal(text, Text(text));

    [Fact]
    public void Secrets_and_facts_stay_holes()
    {
        var content = Render("p={{ password }};n={{ name }};{{ more }}", new { password = _password, name = new Fact("name", f => f.HostName), more = Content.Text($"again {_password}") });

        Assert.True(content.HasSecret);
        Assert.True(content.HasFact);
        Assert.Equal("p=***;n=‹name›;again ***", content.ToString());
        Assert.Equal("p=hunter2-and-more;n=real;again hunter2-and-more", Encoding.UTF8.GetString(content.Resolve(new HostFacts { HostName = "real" }).Span));
    }

    [Fact]
    public void A_secret_may_pass_through_captured_text_and_conditions() =>
        Assert.Equal("yes hunter2-and-more!", Text("{{ capture x }}{{ p }}!{{ end }}{{ if p }}yes {{ x }}{{ end }}", new { p = _password }));

    [Theory]
    [InlineData("{{ p | string.upcase }}")]
    [InlineData("{{ 'a' + p }}")]
    [InlineData("{{ [p, p] | array.join ',' }}")]
    [InlineData("{{ $\"x{p}\" }}")]
    public void A_secret_cannot_be_computed_with(string text) =>
        Assert.EndsWith("Secrets, facts and contents can be written as they are, but not computed with", Error(text, new { p = _password }), StringComparison.Ordinal);

    [Fact]
    public void A_secret_that_is_cut_apart_is_refused() =>
        Assert.EndsWith("was cut apart: write it as it is", Error("{{ capture x }}{{ p }}{{ end }}{{ x | string.slice 0 7 }}", new { p = _password }), StringComparison.Ordinal);

    [Theory]
    [InlineData("a\n  {{ nope }}", "2:6: The variable or function `nope` was not found")]
    [InlineData("{{ a.nope }}", "1:6: Cannot get member with name nope.")]
    [InlineData("{{ none }}", "1:4: `none` has no value (null)")]
    [InlineData("{{ list[5] }}", "1:9: The index 5 is out of bounds [0, 1] on the `list` with the indexer: 5")]
    [InlineData("{{ if a", "1:7: Error while parsing if statement: The <end> statement was not found in: if <expression> ... end|else|else if")]
    [InlineData("{{ date.now }}", "1:9: Cannot get member with name now.")]
    [InlineData("{{ math.uuid }}", "1:9: Cannot get member with name uuid.")]
    public void What_has_no_value_is_an_error_at_its_place(string text, string error) =>
        Assert.Equal(error, Error(text, new { a = new { B = 1 }, list = new[] { 1 }, none = (string?)null }));

    [Fact]
    public void A_long_loop_is_no_mistake() => Assert.Equal(5000, Text("{{ for i in 1..5000 }}.{{ end }}").Length);

    [Fact]
    public void The_source_is_found_beside_the_script()
    {
        System.IO.File.WriteAllText(_folder["app.conf.tpl"], "I am {{ host.name }}");
        var fleet = new Fleet();
        var group = Fleet.Group(fleet.Host("a"), fleet.Host("b"));
        group.Add(new Template("/etc/app.conf") { Source = "app.conf.tpl", Owner = "app", Mode = Mode.Octal("0640") }, file: _folder["site.csx"], line: 7);

        var files = FleetGraph.Build(fleet).Nodes.Select(n => (n.Host.Name, File: Assert.IsType<File>(n.Resource))).ToList();

        Assert.Equal(["a: I am a", "b: I am b"], files.Select(f => $"{f.Name}: {f.File.Content}"));
        Assert.All(files, f => Assert.Equal(("/etc/app.conf", "app", Mode.Octal("0640")), (f.File.Path, f.File.Owner, f.File.Mode)));
    }

    [Fact]
    public void An_unknown_name_is_told_once_with_the_place_in_the_template()
    {
        System.IO.File.WriteAllText(_folder["app.conf.tpl"], "one\ntwo {{ prot }}\n");

        var mistake = Assert.Single(MistakesOf(new Template("/etc/app.conf") { Source = _folder["app.conf.tpl"], Values = new { port = 1 } }));

        Assert.Equal("template /etc/app.conf: The variable or function `prot` was not found", mistake.Message);
        Assert.Equal(["TemplateTests.cs", "app.conf.tpl:2:8"], mistake.At.Select((at, i) => i == 0 ? at.ToString().Split(':')[0] : at.ToString()));
    }

    [Fact]
    public void A_mistake_in_a_text_of_the_script_says_where_in_the_text() =>
        Assert.Equal(
            "template /etc/app.conf: The variable or function `prot` was not found (line 1, column 4 of Text)",
            Assert.Single(MistakesOf(new Template("/etc/app.conf") { Text = "{{ prot }}" })).Message);

    [Fact]
    public void A_source_that_is_not_there_is_a_mistake() =>
        Assert.StartsWith(
            "template /etc/app.conf: its source cannot be read: Could not find file",
            Assert.Single(MistakesOf(new Template("/etc/app.conf") { Source = _folder["none"] })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Source_and_text_together_or_neither_is_a_mistake()
    {
        Assert.Equal("template /x: it has neither Source nor Text", Assert.Single(MistakesOf(new Template("/x"))).Message);
        Assert.Equal("template /x: it has Source and Text: give one of them", Assert.Single(MistakesOf(new Template("/x") { Source = "a", Text = "b" })).Message);
    }
}
