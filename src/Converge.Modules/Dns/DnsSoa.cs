using System;

namespace Converge.Modules;

/// <summary>What a zone says of itself to its secondaries and to caches.</summary>
public sealed record DnsSoa
{
    /// <summary>The primary name server. Null: the first of the zone's name servers.</summary>
    public string? Primary { get; init; }

    /// <summary>Who answers for the zone: a mail address, or a name in the zone's own form. Default: <c>hostmaster</c> of the zone.</summary>
    public string Contact { get; init; } = "hostmaster";

    /// <summary>How often secondaries ask for a new serial. Default: a day (RIPE-203).</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How soon they ask again after a failure. Default: two hours.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long they answer without having heard. Default: 1000 hours.</summary>
    public TimeSpan Expire { get; init; } = TimeSpan.FromHours(1000);

    /// <summary>How long caches remember that a name does not exist. Default: an hour.</summary>
    public TimeSpan NegativeTtl { get; init; } = TimeSpan.FromHours(1);

    // A dot in front of the @ belongs to the mailbox's name and is escaped (RFC 1035, 8).
    internal string Mailbox(string zone) => Contact.Split('@') is [var mailbox, var domain]
        ? $"{mailbox.Replace(".", "\\.", StringComparison.Ordinal)}.{domain.TrimEnd('.')}."
        : $"{DnsName.Absolute(Contact, zone)}.";
}
