using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Converge.Modules;

/// <summary>What can be wrong with a zone without asking BIND; most of it loads without a word and then does not work.</summary>
internal static class ZoneMistakes
{
    /// <summary>What is wrong with names, numbers and words, each by itself.</summary>
    public static IEnumerable<string> OfNames(DnsZone zone)
    {
        if (zone.Zone.Length == 0 || zone.Zone == "@" || zone.Zone.Contains('*') || DnsName.WhyNot(zone.Zone) is not null)
        {
            yield return $"\"{Shown(zone.ZoneName)}\" is no name for a zone";
            yield break;
        }

        var names = zone.Records.SelectMany(r => new[] { (Of: $"{r}", Name: r.Owner), (Of: $"{r}", Name: r.Target ?? "@") })
            .Concat(zone.NameServers.Select(s => (Of: "name server", Name: s.ServerName)))
            .Append((Of: "SOA", Name: zone.Soa.Primary ?? "@"));
        foreach (var (of, name) in names)
        {
            if (DnsName.WhyNot(name) is { } reason)
            {
                yield return $"{Shown(of)}: \"{Shown(name)}\" {reason}";
            }
            else if (!name.EndsWith('.') && DnsName.IsWithin(name.ToLowerInvariant(), zone.Zone) && name.Length > 0)
            {
                yield return $"{of}: \"{name}\" would mean {name}.{zone.Zone}.: did you mean \"{DnsName.Relative(name.ToLowerInvariant(), zone.Zone)}\" or \"{name}.\"?";
            }
        }

        foreach (var record in zone.Records)
        {
            if (record.Problem is { } problem)
            {
                yield return $"{record}: {problem}";
            }

            if (record.Type.Length == 0 || record.Type.Any(c => !char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c)) || record.Type == "SOA")
            {
                yield return $"\"{Shown(record.Type)}\" is no type for a record here";
            }

            if (record.Data.AsSpan().ContainsAny('\n', '\r', '\0'))
            {
                yield return $"{record}: its data has a line break";
            }
        }

        (string Of, TimeSpan Time)[] times =
        [
            ("the TTL", zone.Ttl), ("Refresh", zone.Soa.Refresh), ("Retry", zone.Soa.Retry), ("Expire", zone.Soa.Expire), ("NegativeTtl", zone.Soa.NegativeTtl),
            .. zone.Records.Where(r => r.Ttl is not null).Select(r => ($"the TTL of {r}", r.Ttl!.Value)),
        ];
        foreach (var (of, time) in times.Where(t => t.Time.TotalSeconds is < 0 or > int.MaxValue || t.Time.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            yield return $"{of} is {time}: give whole seconds, 0 to {int.MaxValue}";
        }

        if (!IsMailbox(zone.Soa.Contact))
        {
            yield return $"\"{Shown(zone.Soa.Contact)}\" is no mail address for the SOA";
        }

        foreach (var network in zone.Clients.Concat(zone.Secondaries).Select(s => s.Address).Where(a => !IPNetwork.TryParse(a, out _) && !IPAddress.TryParse(a, out _)))
        {
            yield return $"\"{Shown(network)}\" is no IP address or network";
        }
    }

    /// <summary>What is wrong between the records, with those of the name servers among them.</summary>
    public static IEnumerable<string> OfRecords(string zone, IReadOnlyList<DnsNameServer> servers, IReadOnlyList<DnsRecord> records)
    {
        foreach (var server in servers.Where(s => s.Address is { Parsed: null } && DnsName.IsWithin(DnsName.Absolute(s.ServerName, zone), zone)))
        {
            yield return $"name server {server.ServerName} needs an address record, but {server.Address} is no IP address";
        }

        var byName = records.GroupBy(r => DnsName.Absolute(r.Owner, zone)).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var (name, own) in byName)
        {
            foreach (var mistake in OfOneName(zone, name, own))
            {
                yield return mistake;
            }
        }

        foreach (var record in records.Where(r => r.Target is not (null or ".")))
        {
            if (OfTarget(zone, record, byName) is { } mistake)
            {
                yield return mistake;
            }
        }
    }

    private static IEnumerable<string> OfOneName(string zone, string name, List<DnsRecord> records)
    {
        var shown = name == zone ? "@" : DnsName.Relative(name, zone);
        if (!DnsName.IsWithin(name, zone))
        {
            yield return $"{name}. is not in the zone {zone}";
        }

        if (!DnsName.IsHostName(name) && records.FirstOrDefault(r => r.Type is "A" or "AAAA" or "MX") is { } record)
        {
            yield return $"{record}: names of hosts have no underscore";
        }

        var alias = records.Find(r => r.Type == "CNAME");
        if (alias is not null && name == zone)
        {
            yield return $"a CNAME record cannot be at {zone} itself, which has SOA and NS records: give the address";
        }
        else if (alias is not null && records.Count > 1)
        {
            var others = records.Where(r => r != alias).Select(r => r.Type).Distinct();
            yield return $"{shown} has a CNAME record and beside it {string.Join(", ", others)}: an alias has nothing else";
        }

        foreach (var twins in records.GroupBy(r => (r.Type, Data: r.DataIn(zone))).Where(g => g.Count() > 1))
        {
            yield return $"{shown} {twins.Key.Type} {twins.Key.Data} is there {twins.Count()} times";
        }

        foreach (var set in records.GroupBy(r => r.Type).Where(g => g.Select(r => r.Ttl).Distinct().Count() > 1))
        {
            yield return $"the {set.Key} records of {shown} have different TTLs: they are cached together (RFC 2181, 5.2)";
        }
    }

    private static string? OfTarget(string zone, DnsRecord record, Dictionary<string, List<DnsRecord>> byName)
    {
        var target = DnsName.Absolute(record.Target!, zone);
        if (record.Type is "NS" or "MX" or "SRV" && !DnsName.IsHostName(target))
        {
            return $"{record} leads to {target}.: names of hosts have no underscore";
        }

        if (!DnsName.IsWithin(target, zone))
        {
            return null;
        }

        var own = byName.GetValueOrDefault(target, []);
        if (record.Type is "NS" or "MX" or "SRV" && own.Exists(r => r.Type == "CNAME"))
        {
            return $"{record} leads to {target}., which is an alias (RFC 2181, 10.3): name the host itself";
        }

        var isEnough = record.Type == "NS"
            ? own.Exists(r => r.Type is "A" or "AAAA")
            : own.Count > 0 || IsElsewhere(zone, target, byName);
        return isEnough ? null
            : record.Type == "NS" ? $"{record} leads to {target}., which has no address record in the zone: add one (glue){MissingDot(record)}"
            : $"{record} leads to {target}., which the zone does not have{MissingDot(record)}";
    }

    // Below a wildcard, or in a part of the zone that others answer for.
    private static bool IsElsewhere(string zone, string target, Dictionary<string, List<DnsRecord>> byName)
    {
        for (var dot = target.IndexOf('.'); dot >= 0 && target.Length - dot - 1 >= zone.Length; dot = target.IndexOf('.', dot + 1))
        {
            var above = target[(dot + 1)..];
            if (byName.ContainsKey($"*.{above}") || (above != zone && byName.GetValueOrDefault(above, []).Exists(r => r.Type == "NS")))
            {
                return true;
            }
        }

        return false;
    }

    private static string MissingDot(DnsRecord record) =>
        record.Target!.Contains('.') && !record.Target.EndsWith('.') ? $"; did you mean \"{record.Target}.\" with a final dot?" : "";

    private static bool IsMailbox(string contact) => contact.Split('@') switch
    {
        [var mailbox, var domain] => mailbox.Length > 0 && mailbox.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+') && domain.Contains('.') && DnsName.WhyNot(domain) is null,
        [var name] => name.Length > 0 && DnsName.WhyNot(name) is null,
        _ => false,
    };

    private static string Shown(string text) => text.ReplaceLineEndings(" ").Replace('\0', ' ');
}
