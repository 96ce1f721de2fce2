using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Modules;
using Converge.Sessions;

namespace Converge.Cli.Commands;

/// <summary>The hosts of a cluster, connected to: who holds the address, and how to make one give it away.</summary>
internal sealed class ClusterMembers : IAsyncDisposable
{
    private const string Keepalived = "keepalived.service";
    private const string Watchdog = "converge-drill";

    private static readonly Question<bool> Holds = new(
        "shared-address", "ip -o address show to \"$1\"", answer => answer.RequireSuccess("ip address show").Text.Length > 0);

    private readonly string _address;
    private readonly Dictionary<Host, IHostSession> _sessions = [];

    private ClusterMembers(VrrpCluster cluster) => _address = cluster.Vip.Address;

    public static async Task<ClusterMembers> ConnectAsync(VrrpCluster cluster, IEnumerable<Host> hosts, IHostConnector connector, CancellationToken ct)
    {
        var members = new ClusterMembers(cluster);
        try
        {
            foreach (var host in hosts)
            {
                members._sessions[host] = await connector.ConnectAsync(host, ct);
            }
        }
        catch (Exception e) when (e is ConvergeException or OperationCanceledException)
        {
            await members.DisposeAsync();
            throw;
        }

        return members;
    }

    /// <summary>The member that holds the address; null when none does.</summary>
    /// <param name="except">Not asked, for it may be gone.</param>
    /// <param name="ct">Stops asking.</param>
    public async Task<Host?> HolderAsync(Host? except, CancellationToken ct)
    {
        foreach (var (host, session) in _sessions.Where(s => s.Key != except))
        {
            var results = await session.ExchangeAsync([new QuestionItem(Holds, [_address])], null, ct);
            if (results[0].Answer is { } answer && Holds.Read(answer))
            {
                return host;
            }
        }

        return null;
    }

    /// <summary>Stops keepalived; a timer of the host starts it again should we die before we can.</summary>
    public Task GiveAwayAsync(Host host, TimeSpan patience) => RunAsync(
        host,
        new RunProgram("systemd-run", ["--quiet", "--collect", $"--unit={Watchdog}", $"--on-active={patience.TotalSeconds:0}", "systemctl", "start", Keepalived]),
        new RunProgram("systemctl", ["stop", Keepalived]));

    public Task TakeBackAsync(Host host) => RunAsync(
        host,
        new RunProgram("systemctl", ["start", Keepalived]),
        new RunProgram("systemctl", ["stop", $"{Watchdog}.timer"]));

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values)
        {
            await session.DisposeAsync();
        }
    }

    // Not to be cancelled: half of it would be worse than all or nothing of it, and it is short.
    private async Task RunAsync(Host host, params RunProgram[] steps)
    {
        var results = await _sessions[host].ExchangeAsync([.. steps.Select(s => new StepItem(s, default, 0))], null, CancellationToken.None);
        foreach (var (step, result) in steps.Zip(results))
        {
            if (result.Answer is not { ExitCode: 0 } answer)
            {
                throw new ConvergeException($"{host.Name}: {step.Describe()} failed: {Redaction.Clean(result.Answer?.Error.Trim() ?? "it did not end in time")}");
            }
        }
    }
}
