using System;
using System.Linq;
using System.Threading.Tasks;
using Converge.Docs.Tests.Snippets;

namespace Converge.Docs.Tests.Readme;

/// <summary>What the README shows of the program's output is what the program prints.</summary>
public sealed class PrintedExampleTests : IDisposable
{
    private static readonly Block[] _blocks = [.. Markdown.Blocks(Repository.Read("README.md"))];

    private readonly CommandRun _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task A_reference_to_where_nothing_listens_is_refused_in_these_words()
    {
        _command.With("site.csx", """
            // The load balancer is described, the web server is not.
            var lb1 = Host("lb1", "10.77.0.11");
            var web = Host("web1", "10.77.0.21");

            var pages = new Backend("pages") { Servers = { web.Port(80) } };
            lb1.Add(new Haproxy { Frontends = { new("www") { Bind = { 80 }, DefaultBackend = pages } }, Backends = { pages } });
            """);

        var said = await _command.SaysAsync("check", _command.PathOf("site.csx"));

        Assert.Contains(Printed("site.csx:6:1: "), said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_module_of_the_readme_plans_in_these_words()
    {
        _command.With("timezone.csx", Script("public sealed record Timezone")).With("site.csx", Script("#load \"timezone.csx\""));
        _command.Hosts["localhost"]
            .Answers("dpkg", _ => "dpkg tzdata all install ok installed 2025b-0+deb12u2\n")
            .Answers("timezone", _ => "/usr/share/zoneinfo/Etc/UTC\n");

        var said = await _command.SaysAsync("plan", "-v", _command.PathOf("site.csx"));

        Assert.StartsWith(Printed("localhost  127.0.0.1"), said, StringComparison.Ordinal);
    }

    private static string Printed(string start) => _blocks.Single(b => b.Language.Length == 0 && b.Text.StartsWith(start, StringComparison.Ordinal)).Text;

    private static string Script(string part) => _blocks.Single(b => b.Language == "csharp" && b.Text.Contains(part, StringComparison.Ordinal)).Text;
}
