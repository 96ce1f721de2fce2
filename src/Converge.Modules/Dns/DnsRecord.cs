using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Net.Sockets;

namespace Converge.Modules;

/// <summary>A record of a zone. Use the methods for the usual types; for others give the data in the words of a zone file.</summary>
/// <param name="Owner">Relative to the zone, absolute with a final dot, or <c>@</c> for the zone itself.</param>
/// <param name="Type">Such as <c>SSHFP</c>.</param>
/// <param name="Data">As a zone file writes it, on one line.</param>
public sealed record DnsRecord(string Owner, string Type, string Data)
{
    /// <summary>How long caches keep it, in whole seconds. Null: the zone's.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>The name that it leads to, relative to the zone or absolute; null for types that lead to none.</summary>
    internal string? Target { get; private init; }

    /// <summary>What is wrong with the data; null when nothing is.</summary>
    internal string? Problem { get; private init; }

    /// <summary>IPv4 address.</summary>
    public static DnsRecord A(string owner, DnsAddress address) => Of(owner, "A", address, AddressFamily.InterNetwork, "IPv4");

    /// <summary>IPv6 address.</summary>
    public static DnsRecord Aaaa(string owner, DnsAddress address) => Of(owner, "AAAA", address, AddressFamily.InterNetworkV6, "IPv6");

    /// <summary>Another name for something.</summary>
    public static DnsRecord Cname(string owner, string target) => To(owner, "CNAME", "", target);

    /// <summary>Where mail goes.</summary>
    /// <param name="owner">See <see cref="Owner"/>.</param>
    /// <param name="preference">0 to 65535; the lowest is tried first.</param>
    /// <param name="target">Name of the mail server; <c>.</c> for "no mail here".</param>
    public static DnsRecord Mx(string owner, int preference, string target) =>
        To(owner, "MX", $"{preference} ", target) with { Problem = Range("preference", preference) };

    /// <summary>A name server: of the zone, or of a part of it that is delegated.</summary>
    public static DnsRecord Ns(string owner, string target) => To(owner, "NS", "", target);

    /// <summary>The name of an address, in reverse zones.</summary>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "PTR is what the record is called (RFC 1035).")]
    public static DnsRecord Ptr(string owner, string target) => To(owner, "PTR", "", target);

    /// <summary>Where a service is.</summary>
    /// <param name="owner">Such as <c>_sip._tcp</c>.</param>
    /// <param name="priority">0 to 65535; the lowest is tried first.</param>
    /// <param name="weight">0 to 65535; share among those of equal priority.</param>
    /// <param name="port">0 to 65535.</param>
    /// <param name="target">Name of the host; <c>.</c> for "not offered here".</param>
    public static DnsRecord Srv(string owner, int priority, int weight, int port, string target) =>
        To(owner, "SRV", $"{priority} {weight} {port} ", target) with { Problem = Range("priority", priority) ?? Range("weight", weight) ?? Range("port", port) };

    /// <summary>Text of any length and any characters; cut into strings of 255 bytes, which readers put together again.</summary>
    public static DnsRecord Txt(string owner, string text) => new(owner, "TXT", DnsString.Split(text));

    /// <summary>Which certificate authorities may issue for the name.</summary>
    /// <param name="owner">See <see cref="Owner"/>.</param>
    /// <param name="tag"><c>issue</c>, <c>issuewild</c>, <c>iodef</c>.</param>
    /// <param name="value">Such as <c>letsencrypt.org</c>, or <c>;</c> for nobody.</param>
    /// <param name="critical">Who does not understand the tag must not issue.</param>
    public static DnsRecord Caa(string owner, string tag, string value, bool critical = false) =>
        new(owner, "CAA", $"{(critical ? 128 : 0)} {tag} {DnsString.Quote(value)}")
        {
            Problem = tag.Length > 0 && tag.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) ? null : $"\"{tag}\" is no tag",
        };

    /// <summary><c>MX record of @</c>.</summary>
    public override string ToString() => $"{Type} record of {(Owner.Length == 0 ? "@" : Owner)}";

    internal string DataIn(string zone) => Target switch
    {
        null => Data,
        "." => $"{Data}.",
        _ => $"{Data}{DnsName.Absolute(Target, zone)}.",
    };

    private static DnsRecord To(string owner, string type, string head, string target) => new(owner, type, head) { Target = target };

    private static DnsRecord Of(string owner, string type, DnsAddress address, AddressFamily family, string familyName) =>
        new(owner, type, address.Parsed?.ToString() ?? address.Text)
        {
            Problem = address.Parsed?.AddressFamily == family ? null : $"{address} is no {familyName} address",
        };

    private static string? Range(string what, int value) => value is >= 0 and <= 65535 ? null : $"{what} {value} is not between 0 and 65535";
}
