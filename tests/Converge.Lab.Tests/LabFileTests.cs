using System;
using System.IO;
using System.Linq;

namespace Converge.Lab.Tests;

public class LabFileTests
{
    private const string OneHost = """
        { "name": "small", "controller": "10.78.0.1/24", "hosts": [ { "name": "a", "address": "10.78.0.2" } ] }
        """;

    [Fact]
    public void What_a_file_leaves_out_has_defaults()
    {
        var file = LabFile.Parse(OneHost, "lab.json");

        Assert.Equal("bookworm", file.Suite);
        Assert.Equal("ops", file.User);
        Assert.Empty(file.Packages);
        Assert.Equal(["bookworm"], file.Suites);
    }

    [Fact]
    public void A_host_overrides_the_suite_of_its_lab()
    {
        var file = LabFile.Parse(OneHost.Replace("\"10.78.0.2\"", "\"10.78.0.2\", \"suite\": \"sid\""), "lab.json");

        Assert.Equal(["sid"], file.Suites);
    }

    [Theory]
    [InlineData("foobar/lab.json", 6, "bookworm,sid")]
    [InlineData("foobar/lab-mariadb.json", 6, "bookworm")]
    public void The_examples_are_valid(string example, int hosts, string suites)
    {
        var file = LabFile.Load(Path.Combine(Examples(), example));

        Assert.Equal(hosts, file.Hosts.Count);
        Assert.Equal(suites.Split(','), file.Suites);
    }

    [Theory]
    [InlineData("\"name\"", "\"nmae\"", "lab.json:1: $.nmae: is not a property of a lab file")]
    [InlineData("\"address\"", "\"adress\"", "lab.json:1: $.hosts[0].adress: is not a property of a lab file")]
    [InlineData("\"10.78.0.2\"", "7", "lab.json:1: $.hosts[0].address: has a value of the wrong type")]
    [InlineData("\"10.78.0.2\"", "null", "lab.json:1: $.hosts[0].address: ")]
    [InlineData("\"name\": \"small\",", "", "lab.json:1: $: lacks 'name'.")]
    [InlineData("} ] }", "} ]", "lab.json:1: $: Expected depth to be zero")]
    public void What_is_no_lab_file_is_refused_with_its_place(string part, string instead, string expected)
    {
        var error = Assert.Throws<LabException>(() => LabFile.Parse(OneHost.Replace(part, instead), "lab.json"));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BytePositionInLine", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("small", "Small", "lab.json: name: 'Small' is not 1 to 12 lower-case letters, digits and hyphens, letter first")]
    [InlineData("small", "a-very-long-name", "lab.json: name: 'a-very-long-name' is not 1 to 12 lower-case letters, digits and hyphens, letter first")]
    [InlineData("small\"", "small\", \"user\": \"bob\"", "lab.json: user: 'bob' is not one of ops, root")]
    [InlineData("small\"", "small\", \"suite\": \"etch\"", "lab.json: suite: 'etch' is not one of bookworm, trixie, sid")]
    [InlineData("small\"", "small\", \"packages\": { \"etch\": [] }", "lab.json: packages.etch: 'etch' is not one of bookworm, trixie, sid")]
    [InlineData("small\"", "small\", \"packages\": { \"sid\": [ \"-o x\" ] }", "lab.json: packages.sid: '-o x' is not a Debian package name")]
    [InlineData("\"a\"", "\"a.b\"", "lab.json: hosts[0].name: 'a.b' is not 1 to 15 lower-case letters, digits and hyphens, letter first")]
    [InlineData("\"a\"", "\"localhost\"", "lab.json: hosts[0].name: 'localhost' is reserved")]
    [InlineData("10.78.0.2", "10.78.1.2", "lab.json: hosts[0].address: '10.78.1.2' is not a host address of 10.78.0.1/24 other than the controller's")]
    [InlineData("10.78.0.2", "10.78.0.1", "lab.json: hosts[0].address: '10.78.0.1' is not a host address of 10.78.0.1/24 other than the controller's")]
    [InlineData("{ \"name\": \"a\", \"address\": \"10.78.0.2\" }", "", "lab.json: hosts: is empty; a lab has at least one host")]
    [InlineData(
        "10.78.0.1/24", "8.8.8.8/24",
        "lab.json: controller: '8.8.8.8/24' is not a private IPv4 address with a prefix length of 8 to 30, such as 10.77.0.1/24")]
    public void A_mistake_is_named_with_its_property(string part, string instead, string expected)
    {
        var error = Assert.Throws<LabException>(() => LabFile.Parse(OneHost.Replace(part, instead), "lab.json"));

        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        const string json = """
            {
              "name": "small", "controller": "10.78.0.1/24", "suite": "etch",
              "hosts": [ { "name": "a", "address": "10.78.0.2" }, { "name": "a", "address": "10.78.0.2" } ]
            }
            """;

        var error = Assert.Throws<LabException>(() => LabFile.Parse(json, "lab.json"));

        Assert.Equal(
            """
            lab.json: suite: 'etch' is not one of bookworm, trixie, sid
            lab.json: hosts[1].name: 'a' is used twice
            lab.json: hosts[1].address: 10.78.0.2 is used twice
            """,
            error.Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<LabException>(() => LabFile.Load("/nowhere/lab.json"));

        Assert.StartsWith("/nowhere/lab.json: cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    private static string Examples()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "examples")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("examples");
        return Path.Combine(folder.FullName, "examples");
    }
}
