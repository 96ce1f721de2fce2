using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Converge.Applying;
using Converge.Core.Tests.Sessions;
using Converge.Graph;

namespace Converge.Modules.Tests;

/// <summary>What a run costs its host, over a real shell on this machine.</summary>
public sealed class CostTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("converge-cost-").FullName;

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Nothing_to_do_is_one_exchange_over_one_channel_and_few_processes(int files)
    {
        await RunAsync(files);

        var (report, channels, processes) = await RunAsync(files);

        Assert.All(report.Hosts.SelectMany(h => h.Resources), r => Assert.Equal(Outcome.Unchanged, r.Outcome));
        Assert.Equal((1, 1), (report.Hosts.Single().Exchanges, channels));

        // ARCHITECTURE.md says under 50, whatever the number of resources: here 23, and two more for each second that it takes.
        Assert.InRange(processes, 1, 39);
    }

    [Fact]
    public async Task Three_hundred_new_files_cost_fewer_processes_than_files()
    {
        var (report, channels, processes) = await RunAsync(300);

        Assert.True(report.Succeeded);
        Assert.Equal((3, 1), (report.Hosts.Single().Exchanges, channels));
        Assert.InRange(processes, 1, 250);
    }

    [Fact]
    public async Task Three_hundred_files_that_differ_cost_fewer_processes_than_files()
    {
        await RunAsync(300);
        foreach (var path in System.IO.Directory.GetFiles(Path.Combine(_folder, "site")))
        {
            System.IO.File.AppendAllText(path, "by hand");
        }

        var (report, _, processes) = await RunAsync(300);

        Assert.Equal(300, report.Hosts.Single().Resources.Count(r => r.Outcome == Outcome.Changed));
        Assert.InRange(processes, 1, 250);
    }

    private async Task<(Report Report, int Channels, int Processes)> RunAsync(int files)
    {
        await using var counted = new CountedHosts();
        var fleet = new Fleet();
        var host = fleet.LocalHost();
        host.Add(new Directory(Path.Combine(_folder, "site")));
        host.Add(new Symlink(Path.Combine(_folder, "link")) { Target = "site" });
        for (var i = 0; i < files; i++)
        {
            host.Add(new File(Path.Combine(_folder, "site", $"{i}.html")) { Content = $"page {i}" });
        }

        await using var run = new FleetRun(FleetGraph.Build(fleet), counted);
        var plan = await run.PlanAsync(TestContext.Current.CancellationToken);
        var report = await run.ApplyAsync(plan, TestContext.Current.CancellationToken);
        return (report, counted.Channels, await CountedHosts.StartedAsync(counted.Session));
    }
}
