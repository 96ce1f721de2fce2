using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Converge.Modules;

/// <summary>
/// A zone's file, complete but for its serial. Records are sorted: the order of the script has no meaning in DNS, so it must not raise the serial.
/// </summary>
internal sealed record ZoneText(string Head, string Tail)
{
    /// <summary>Ends the one line that has the serial.</summary>
    public const string SerialMark = " ; serial";

    /// <summary>The whole file without the line of the serial: what decides whether the zone has changed.</summary>
    public string WithoutSerial => Head + Tail;

    public string With(uint serial) => $"{Head}\t\t{serial.ToString(CultureInfo.InvariantCulture)}{SerialMark}\n{Tail}";

    /// <summary>For rendering without a host: the serial is a named hole.</summary>
    public Content WithHole() => Content.Text($"{Head}\t\t{new Fact("serial", _ => null)}{SerialMark}\n{Tail}");

    public static ZoneText Render(string zone, string primary, DnsSoa soa, TimeSpan ttl, IEnumerable<DnsRecord> records)
    {
        var head = $"""
            ; Managed by Converge: changes made here are undone by the next apply.
            $ORIGIN {zone}.
            $TTL {Seconds(ttl)}
            @	IN	SOA	{DnsName.Absolute(primary, zone)}. {soa.Mailbox(zone)} (

            """;
        var tail = new StringBuilder($"""
            		{Seconds(soa.Refresh)} ; refresh
            		{Seconds(soa.Retry)} ; retry
            		{Seconds(soa.Expire)} ; expire
            		{Seconds(soa.NegativeTtl)} ) ; negative answers

            """);
        foreach (var record in records.OrderBy(r => Order(r, zone), StringComparer.Ordinal))
        {
            tail.Append($"{DnsName.Relative(DnsName.Absolute(record.Owner, zone), zone)}\t{(record.Ttl is { } own ? $"{Seconds(own)}\t" : "")}IN\t{record.Type}\t{record.DataIn(zone)}\n");
        }

        return new ZoneText(head, tail.ToString());
    }

    // The zone itself first and every name behind those that it is below; name servers first within a name.
    private static string Order(DnsRecord record, string zone)
    {
        var labels = DnsName.Absolute(record.Owner, zone).Split('.').Reverse();
        return $"{string.Join('\u0001', labels)}\0{(record.Type == "NS" ? "" : record.Type)}\0{record.DataIn(zone)}";
    }

    private static string Seconds(TimeSpan span) => ((long)span.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
