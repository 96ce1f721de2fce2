using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Converge.Lab;

/// <summary>A private IPv4 subnet and this machine's address in it.</summary>
internal sealed record Subnet(IPAddress Controller, int PrefixLength)
{
    private static readonly IPNetwork[] Private =
        [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16")];

    public override string ToString() => $"{Controller}/{PrefixLength}";

    private uint Mask => uint.MaxValue << (32 - PrefixLength);

    public static bool TryParse(string text, [NotNullWhen(true)] out Subnet? subnet)
    {
        subnet = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !TryParseAddress(text[..slash], out var address))
            return false;
        if (!int.TryParse(text[(slash + 1)..], NumberStyles.None, null, out var length) || length is < 8 or > 30)
            return false;

        var candidate = new Subnet(address, length);
        if (!Array.Exists(Private, p => p.PrefixLength <= length && p.Contains(address)) || !candidate.IsHostAddress(address))
            return false;
        subnet = candidate;
        return true;
    }

    public bool HasRoomFor(string text) =>
        TryParseAddress(text, out var address) && IsHostAddress(address) && !address.Equals(Controller);

    public bool Overlaps(IPAddress other, int otherLength)
    {
        var mask = uint.MaxValue << (32 - Math.Min(PrefixLength, otherLength));
        return (Number(other) & mask) == (Number(Controller) & mask);
    }

    // The network's own address and its broadcast address belong to no host.
    private bool IsHostAddress(IPAddress address)
    {
        var inside = Number(address) & ~Mask;
        return (Number(address) & Mask) == (Number(Controller) & Mask) && inside != 0 && inside != ~Mask;
    }

    // IPAddress.TryParse also takes "10.1" and "0x0a000001": accept only what prints the same.
    private static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == text;

    private static uint Number(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());
}
