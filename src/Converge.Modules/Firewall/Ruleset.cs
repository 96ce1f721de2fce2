using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>Writes the firewall's rules file. Equal openings in any order give equal text.</summary>
internal static partial class Ruleset
{
    // nft refuses comments of more than 128 characters.
    private const int LongestComment = 100;

    // Adding the table before deleting it makes the deletion succeed whether or not it was there; the whole file is one transaction.
    private const string Head = """
        #!/usr/sbin/nft -f
        # Managed by Converge: changes made here or with nft are undone by the next apply.
        table inet converge
        delete table inet converge
        table inet converge {
        	chain input {
        		type filter hook input priority filter; policy drop;

        """;

    // Neighbour discovery and path MTU are what IPv6 and IPv4 need to work at all; DHCPv6 answers come from a port that was never asked.
    private const string Essentials = """
        		iifname "lo" accept
        		ct state established,related accept
        		ct state invalid drop
        		icmp type { echo-request, destination-unreachable, time-exceeded, parameter-problem } accept
        		icmpv6 type { echo-request, destination-unreachable, packet-too-big, time-exceeded, parameter-problem, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, mld-listener-query } accept
        		ip6 saddr fe80::/10 udp sport 547 udp dport 546 accept comment "dhcpv6"

        """;

    public static Content Render(IReadOnlyList<ResolvedOpening> openings, IReadOnlyList<Cidr> sshFrom, int? sshPort, IEnumerable<string> lines)
    {
        Content port = sshPort is { } declared ? $"{declared}" : Content.FromFact(new Fact("SSH port", facts => $"{PortOf(null, facts)}"));
        var controller = new Fact("SSH from the controller", facts => ControllerRule(sshFrom, sshPort, facts));
        var ssh = Sources(sshFrom).Select(s => (Content)Content.Text($"\t\t{s}tcp dport {port} accept comment \"ssh\"\n"));

        // Before everything else, also before invalid packets are dropped: whoever converges a host must be able to do it again.
        return Content.Concat([Head, Content.Text($"\t\t{controller}\n"), .. ssh, Essentials, Rules(openings, lines), "\t}\n}\n"]);
    }

    private static string Rules(IReadOnlyList<ResolvedOpening> openings, IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var group in openings.GroupBy(o => (o.Protocol, o.Port)).OrderBy(g => g.Key.Protocol).ThenBy(g => g.Key.Port))
        {
            var match = group.Key.Protocol switch
            {
                Protocol.Tcp => $"tcp dport {group.Key.Port}",
                Protocol.Udp => $"udp dport {group.Key.Port}",
                _ => "meta l4proto 112",
            };
            foreach (var (source, labels) in LabelledSources([.. group]))
            {
                text.Append($"\t\t{source}{match} accept{Comment(labels)}\n");
            }
        }

        foreach (var line in lines)
        {
            text.Append($"\t\t{line.Trim()}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Match, IReadOnlyList<string> Labels)> LabelledSources(IReadOnlyList<ResolvedOpening> openings) =>
        openings.Any(o => o.From.IsAnywhere)
            ? [("", [])]
            : openings.GroupBy(o => o.From.IsV6).OrderBy(g => g.Key).Select(family =>
                (Sources([.. family.Select(o => o.From)]).Single(), (IReadOnlyList<string>)[.. family.Select(o => o.Label).OfType<string>().Distinct().Order(StringComparer.Ordinal)]));

    /// <summary>The match of each address family, with a space at its end; empty for anywhere.</summary>
    private static IEnumerable<string> Sources(IReadOnlyList<Cidr> networks)
    {
        if (networks.Any(n => n.IsAnywhere))
        {
            return [""];
        }

        // Overlapping elements of a set are an error for some versions of nft.
        var outermost = networks.Distinct().Where(n => !networks.Any(o => o != n && o.Contains(n))).Order();
        return outermost.GroupBy(n => n.IsV6).OrderBy(g => g.Key).Select(g => $"{(g.Key ? "ip6" : "ip")} saddr {Set([.. g])} ");
    }

    private static string Set(IReadOnlyList<Cidr> networks) => networks.Count == 1 ? $"{networks[0]}" : $"{{ {string.Join(", ", networks)} }}";

    private static string Comment(IReadOnlyList<string> labels)
    {
        var names = labels.Where(l => PlainName().IsMatch(l)).ToList();
        if (names.Count == 0)
        {
            return "";
        }

        var text = string.Join(", ", names);
        for (var shown = names.Count - 1; text.Length > LongestComment && shown > 0; shown--)
        {
            text = $"{string.Join(", ", names.Take(shown))} and {names.Count - shown} more";
        }

        return text.Length > LongestComment ? "" : $" comment \"{text}\"";
    }

    private static int PortOf(int? declared, HostFacts facts) => declared ?? (facts.SshPort > 0 ? facts.SshPort : 22);

    private static string ControllerRule(IReadOnlyList<Cidr> sshFrom, int? sshPort, HostFacts facts)
    {
        // A link-local address carries the interface it was seen on.
        if (!Cidr.TryParse(facts.ControllerAddress.Split('%')[0], out var controller))
        {
            return "# The controller is not connected over SSH.";
        }

        // The session proves which port the controller uses; a declared one may be a change to come.
        int[] ports = [.. new[] { facts.SshPort, PortOf(sshPort, facts) }.Where(p => p > 0).Distinct().Order()];
        return ports.Length == 1 && sshFrom.Any(n => n.IsAnywhere || n.Contains(controller))
            ? "# SSH from the controller: its address is one of SshFrom."
            : $"{(controller.IsV6 ? "ip6" : "ip")} saddr {controller} tcp dport {(ports.Length == 1 ? $"{ports[0]}" : $"{{ {string.Join(", ", ports)} }}")} accept comment \"ssh from the controller\"";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+\z")]
    private static partial Regex PlainName();
}
