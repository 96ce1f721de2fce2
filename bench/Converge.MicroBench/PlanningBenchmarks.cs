using System;
using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Converge.Applying;
using Converge.Bench.Hosts;
using Converge.Graph;
using Converge.Planning;
using Converge.Testing;

namespace Converge.MicroBench;

/// <summary>100 hosts with 30 resources each that are as described.</summary>
public class PlanningBenchmarks
{
    private Fleet _fleet = new();
    private InMemoryConnector _connector = new();
    private FleetGraph? _graph;

    [GlobalSetup]
    public void Describe()
    {
        (_fleet, _connector) = MemoryFleet.Of(100);
        _graph = FleetGraph.Build(_fleet);
    }

    /// <summary>Expands, checks and orders.</summary>
    [Benchmark]
    public FleetGraph Graph() => FleetGraph.Build(_fleet);

    /// <summary>Asks, reads the answers, and compares.</summary>
    [Benchmark]
    public async Task<Plan> Plan()
    {
        await using var run = new FleetRun(_graph!, _connector);
        var plan = await run.PlanAsync().ConfigureAwait(false);
        return plan.HasChanges || plan.HasFailures ? throw new InvalidOperationException(plan.Resources.First(r => r.Changes.Count > 0 || r.Failure is not null).ToString()) : plan;
    }
}
