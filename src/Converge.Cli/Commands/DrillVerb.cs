using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Cli.Output;
using Converge.Modules;
using Command = System.CommandLine.Command;

namespace Converge.Cli.Commands;

/// <summary><c>converge drill failover</c>: moves a shared address on purpose, measures what visitors notice, and moves it back.</summary>
internal sealed class DrillVerb : ScriptVerb
{
    private readonly Option<string> _cluster = new("--cluster") { HelpName = "NAME", Description = "The VrrpCluster of the script whose address moves", Required = true };
    private readonly Option<bool> _byHand = new("--by-hand") { Description = "Move nothing; measure while you cut the power of the host that holds the address" };
    private readonly ProbeOptions _probe = new();

    private DrillVerb(Surroundings surroundings, CommonOptions options, Command verb)
        : base(surroundings, options)
    {
        verb.Options.Add(_cluster);
        verb.Options.Add(_byHand);
        _probe.AddTo(verb);
    }

    public static Command Create(Surroundings surroundings)
    {
        var failover = new Command("failover", "Move a cluster's address to another member and back, and measure the gap");
        var options = new CommonOptions();
        var drill = new DrillVerb(surroundings, options, failover);
        options.AddScriptTo(failover);
        options.AddConnectionTo(failover, select: false);
        failover.SetAction(drill.RunAsync);
        return new Command("drill", "Rehearse a failure on purpose, and measure it") { failover };
    }

    protected override async Task<int> RunAsync(RunSettings settings, IRunOutput output, ParseResult parsed, CancellationToken ct)
    {
        var graph = await LoadAsync(settings, output, ct);
        var (cluster, hosts) = Find(graph.Fleet, parsed.GetRequiredValue(_cluster));
        var target = _probe.Read(parsed, $"http://{cluster.Vip.Port(80).Address}/")!;
        await using var members = await ClusterMembers.ConnectAsync(cluster, hosts, Surroundings.Connect(settings), ct);
        var holder = await members.HolderAsync(null, ct) ?? throw new ConvergeException(
            $"no member of {cluster.Name} holds {cluster.Vip.Address}", $"Bring the cluster up first:\n    converge apply {ShellQuote.ForReading(settings.Script)}");

        var byHand = parsed.GetValue(_byHand);
        output.Note(byHand ? $"cut the power of {holder}" : $"moving {cluster.Vip.Address} away from {holder} …");
        var drill = new FailoverDrill(members, target, Surroundings.Time, moved => Tell(output, cluster, holder, moved));
        var seen = byHand ? await drill.WatchAsync(holder, ct) : await drill.ThereAndBackAsync(holder, cluster.Preempt, ct);

        output.Finished(null, new Summary { Hosts = hosts.Count, Duration = Elapsed, Probe = seen }, ExitCode.Done);
        return ExitCode.Done;
    }

    private static void Tell(IRunOutput output, VrrpCluster cluster, Host holder, Moved moved) => output.Tell(
        $"{cluster.Vip.Address} moved {(moved.Back ? "back" : $"from {holder}")} to {moved.To}. {ProbeText.Of(moved.Seen)}\n",
        "moved",
        json =>
        {
            json.WriteString("cluster", cluster.Name);
            json.WriteString("to", moved.To.Name);
            json.WriteBoolean("back", moved.Back);
            ProbeText.Write(json, moved.Seen);
        });

    private static (VrrpCluster Cluster, IReadOnlyList<Host> Hosts) Find(Fleet fleet, string name)
    {
        var clusters = fleet.Declarations.Where(d => d.Resource is VrrpCluster).ToLookup(d => (VrrpCluster)d.Resource, d => d.Hosts);
        var cluster = clusters.FirstOrDefault(c => c.Key.Name == name)
            ?? throw new UsageException($"the script has no VrrpCluster \"{name}\"", $"It has: {string.Join(", ", clusters.Select(c => c.Key.Name).DefaultIfEmpty("none"))}");
        return (cluster.Key, [.. cluster.SelectMany(h => h).Distinct()]);
    }
}
