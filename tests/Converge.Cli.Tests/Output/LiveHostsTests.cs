using System;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Cli.Output;
using Converge.Graph;
using Converge.Testing;
using Spectre.Console.Testing;

namespace Converge.Cli.Tests.Output;

public sealed class LiveHostsTests
{
    private static readonly FleetGraph Graph = GraphOf(20);

    private static FleetGraph GraphOf(int hosts)
    {
        var fleet = new Fleet();
        for (var i = 1; i <= hosts; i++)
        {
            fleet.Host($"web{i:00}").Add(new Thing("config", "new"));
        }

        return FleetGraph.Build(fleet);
    }

    private static StepStarted Step(ResourceNode node, string argument = "x") => new(node.Host, node, new RunProgram("set-thing", [argument]));

    [Fact]
    public async Task Each_host_that_works_has_a_line_below_what_stays()
    {
        using var console = new TestConsole().Width(40).EmitAnsiSequences();
        var (first, second) = (Graph.Nodes[0], Graph.Nodes[1]);

        using (var live = new LiveHosts(console))
        {
            live.Update(Step(first));
            live.Update(Step(second, "a very long argument that no terminal of this width can show"));
            live.Update(new StepOutput(first.Host, first, "50 %"));
            live.WriteAbove("web01: changed thing config (value)\n");
            live.Update(new HostFinished(first.Host, new HostReport(first.Host, [], null, 1)));
        }

        await Verifier.Verify(console.Output.Replace("\x1b", "^", StringComparison.Ordinal).Replace("\r", "<CR>", StringComparison.Ordinal));
    }

    [Fact]
    public void Many_hosts_do_not_fill_the_screen()
    {
        using var console = new TestConsole().Width(60);

        using (var live = new LiveHosts(console))
        {
            foreach (var node in Graph.Nodes)
            {
                live.Update(Step(node));
            }
        }

        Assert.Contains("  web12  thing config: set-thing x", console.Output, StringComparison.Ordinal);
        Assert.Contains("  … and 8 more hosts", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("  web13", console.Output, StringComparison.Ordinal);
    }
}
