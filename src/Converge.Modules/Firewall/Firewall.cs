using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>
/// Lets into a host only what the script says must come in: SSH from the controller, and whatever other resources of the fleet connect to it for.
/// Everything else is dropped. Outgoing and forwarded traffic is left alone.
/// </summary>
/// <remarks>
/// <para>
/// The rules are one nftables table of our own, <c>inet converge</c>; tables of others stay as they are. It is replaced as a whole or not at all,
/// loaded at boot by <c>converge-firewall.service</c>, and compared with what the kernel holds on every run, so that a rule that was added,
/// removed or flushed by hand is put right.
/// </para>
/// <para>
/// SSH from the address of whoever runs Converge is always let in, ahead of every other rule. So that the rules do not change with the operator, name
/// the networks that operators come from in <see cref="SshFrom"/>: no rule of its own is then written for an address inside them.
/// </para>
/// <para>
/// Several of them on one host are one: a firewall for all hosts of the fleet, and further openings for some of them.
/// </para>
/// <para>
/// It may stand anywhere in the script: its openings are known before anything runs, replies to the host's own connections (package downloads)
/// pass, and connections that are open when it is loaded stay open.
/// </para>
/// <para>
/// Rules that lock the operator out all the same do not stay: unless a new connection gets in within 30 seconds (<see cref="ConfirmWithin"/>), the host
/// itself puts the former rules back, and the run fails with that. Not covered: a host that loses its power within these seconds starts with the new rules.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// host.Add(new Firewall
/// {
///     SshFrom = ["10.77.0.0/24"],
///     Allow = [new(Source.Anywhere, 80), new("10.9.0.0/16", 9100)],
/// });
/// </code>
/// </example>
public sealed record Firewall : Composite
{
    internal const string RulesPath = "/etc/converge/firewall.nft";

    /// <summary>Further openings, beside those that follow from the fleet's connections. Default: none.</summary>
    public IList<Opening> Allow { get; init; } = [];

    /// <summary>Networks in CIDR notation, or addresses, from which SSH is let in besides the controller's own address. Default: none.</summary>
    public IList<string> SshFrom { get; init; } = [];

    /// <summary>Port of the SSH server. Null: the port on which the controller is connected, 22 for a host reached without SSH.</summary>
    public int? SshPort { get; init; }

    /// <summary>Rules in nft's own words, each one statement, after all others of the input chain. Default: none.</summary>
    public IList<string> Lines { get; init; } = [];

    /// <summary>
    /// How long the host waits for a new connection before it puts the former rules back; 5 seconds to 10 minutes. The longest of several counts.
    /// Null: 30 seconds.
    /// </summary>
    public TimeSpan? ConfirmWithin { get; init; }

    /// <inheritdoc/>
    public override string Kind => "firewall";

    /// <inheritdoc/>
    public override string Name => "inet converge";

    /// <inheritdoc/>
    public override bool SeesConnections => true;

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes()
    {
        foreach (var network in SshFrom.Concat(Allow.Select(o => o.From.Network).OfType<string>()))
        {
            if (Cidr.WhyNot(network) is { } reason)
            {
                yield return reason;
            }
        }

        foreach (var opening in Allow.Where(o => o.Protocol != Protocol.Vrrp && o.Port is < 1 or > 65535))
        {
            yield return $"port {opening.Port} is not between 1 and 65535";
        }

        if (SshPort is < 1 or > 65535)
        {
            yield return $"SSH port {SshPort} is not between 1 and 65535";
        }

        if (ConfirmWithin is { } patience && (patience < TimeSpan.FromSeconds(5) || patience > TimeSpan.FromMinutes(10)))
        {
            yield return $"ConfirmWithin {patience.TotalSeconds:0} s is not between 5 seconds and 10 minutes";
        }

        foreach (var line in Lines.Where(l => l.AsSpan().ContainsAny('\n', '\r', '\0')))
        {
            yield return $"the rule \"{line.ReplaceLineEndings(" ")}\" has a line break: give each statement as a line of its own";
        }
    }

    /// <inheritdoc/>
    public override void Expand(Expansion expansion)
    {
        foreach (var host in expansion.Hosts)
        {
            // One that another composite brought is not among the declarations: it stands alone, and the graph tells when it is not.
            var declared = expansion.Fleet.Declarations.Where(d => d.Hosts.Contains(host)).Select(d => d.Resource).OfType<Firewall>().ToList();
            List<Firewall> all = declared.Contains(this) ? declared : [this];
            if (ReferenceEquals(all[0], this))
            {
                ExpandOn(host, expansion, Unite(host, expansion, [.. all.Where(f => !f.Mistakes().Any())]));
            }
        }
    }

    private static Firewall Unite(Host host, Expansion expansion, IReadOnlyList<Firewall> all)
    {
        var ports = all.Select(f => f.SshPort).OfType<int>().Distinct().ToList();
        if (ports.Count > 1)
        {
            expansion.Report($"the firewalls of {host.Name} name several SSH ports: {string.Join(", ", ports)}");
        }

        return new Firewall
        {
            Allow = [.. all.SelectMany(f => f.Allow)],
            SshFrom = [.. all.SelectMany(f => f.SshFrom)],
            SshPort = ports.Count > 0 ? ports[0] : null,
            Lines = [.. all.SelectMany(f => f.Lines)],
            ConfirmWithin = all.Max(f => f.ConfirmWithin),
        };
    }

    private static void ExpandOn(Host host, Expansion expansion, Firewall all)
    {
        var openings = Openings(host, expansion, all);
        expansion.Add(host, new Package("nftables") { Brings = [new BroughtUnit("nftables.service") { Enabled = false, Running = false }] });
        expansion.Add(host, new Directory("/etc/converge") { Owner = "root", Group = "root", Mode = Mode.Octal("0755") });
        expansion.Add(host, new File(RulesPath)
        {
            Content = Ruleset.Render(openings, [.. all.SshFrom.Select(Cidr.Parse)], all.SshPort, all.Lines),
            Owner = "root",
            Group = "root",
            Mode = Mode.Octal("0640"),
            Validation = new Validation("nft", ["-c", "-f", Validation.NewFile]),
        });

        // Loaded here and not by the service: what is live is compared on every run, and a plan of a fresh host says what loads it.
        var table = expansion.Add(host, new NftTable("inet", "converge", RulesPath)
        {
            Openings = [.. openings.Select(o => Provision.Opening(o.Port, o.Protocol)).Distinct()],
            Patience = all.ConfirmWithin,
        });
        expansion.Add(host, new SystemdUnit("converge-firewall.service") { Content = FirewallUnit.Text });
        expansion.Add(host, new Service("converge-firewall") { Running = true, Enabled = true, After = [table] });
    }

    private static List<ResolvedOpening> Openings(Host host, Expansion expansion, Firewall all)
    {
        var wanted = expansion.Connections.Where(c => c.To.Host == host && c.From.Host != host).Select(c => new Opening(c.From, c.To.Number, c.To.Protocol));
        var openings = new List<ResolvedOpening>();
        foreach (var opening in all.Allow.Concat(wanted))
        {
            if (ResolvedOpening.TryFrom(opening, out var resolved, out var reason))
            {
                openings.Add(resolved);
            }
            else
            {
                expansion.Report($"{host.Name} must let in {opening}, but {reason}");
            }
        }

        return openings;
    }
}
