using System.Net;

namespace Converge.Modules;

/// <summary>An address that a name points to: text, a host of the fleet, or an address that several hosts share.</summary>
/// <param name="Text">IPv4 or IPv6.</param>
/// <param name="Of">Whose address it is, for messages; null when it was given as text.</param>
public sealed record DnsAddress(string Text, string? Of = null)
{
    /// <summary>The address as the script gives it.</summary>
    public static implicit operator DnsAddress(string address) => new(address);

    /// <summary>The address under which other hosts reach it.</summary>
    public static implicit operator DnsAddress(Host host) => new(host.Address, host.Name);

    /// <summary>The shared address, whoever holds it.</summary>
    public static implicit operator DnsAddress(SharedAddress address) => new(address.Address);

    internal IPAddress? Parsed => IPAddress.TryParse(Text, out var address) && (Text.Contains(':') || address.ToString() == Text) ? address : null;

    /// <inheritdoc/>
    public override string ToString() => Of is null ? $"\"{Text}\"" : $"\"{Text}\" (the address of {Of})";
}
