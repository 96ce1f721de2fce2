using System.Linq;
using System.Threading.Tasks;
using Converge.Graph;

namespace Converge.Modules.Tests;

/// <summary>The rendered text given to the real checker.</summary>
public sealed class RealHaproxyTests
{
    [Fact]
    public async Task HAProxy_takes_a_small_configuration()
    {
        var haproxy = RealTool.Require("haproxy");

        var (code, output) = await Check(haproxy, HaproxyExamples.Small());

        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task HAProxy_takes_everything_without_a_warning()
    {
        var haproxy = RealTool.Require("haproxy");
        using var folder = new TemporaryFolder();
        Shell.Run("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=www.foobar.com", "-keyout", folder["key"], "-out", folder["crt"]]).RequireSuccess("openssl");
        System.IO.File.WriteAllText(folder["a b.pem"], System.IO.File.ReadAllText(folder["crt"]) + System.IO.File.ReadAllText(folder["key"]));

        var (code, output) = await Check(haproxy, HaproxyExamples.Everything(), text => text.Replace("/etc/haproxy/test certs/a.pem", folder["a b.pem"]));

        Assert.True(code == 0, output);
        Assert.DoesNotContain("[WARNING]", output);
    }

    [Fact]
    public async Task HAProxy_refuses_what_a_raw_line_breaks()
    {
        var haproxy = RealTool.Require("haproxy");
        var site = new Site();
        site.Lb1.Add(new Haproxy { Frontends = { new("www") { Bind = { 80 }, Lines = { "no-such-keyword" } } } });

        var (code, output) = await Check(haproxy, site);

        Assert.Equal(1, code);
        Assert.Contains("unknown keyword 'no-such-keyword' in 'frontend' section", output);
    }

    private static async Task<(int Code, string Output)> Check(RealTool haproxy, Site site, System.Func<string, string>? edit = null)
    {
        using var folder = new TemporaryFolder();
        var file = FleetGraph.Build(site.Fleet).Nodes.Select(n => n.Resource).OfType<File>().First(f => f.Path == "/etc/haproxy/haproxy.cfg");
        var text = System.Text.Encoding.UTF8.GetString(file.Content!.Resolve(null).Span);
        System.IO.File.WriteAllText(folder["haproxy.cfg"], edit is null ? text : edit(text));
        return await haproxy.RunAsync([.. file.Validation!.Arguments.Select(a => a == Validation.NewFile ? folder["haproxy.cfg"] : a)]);
    }
}
