using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace Converge.Modules;

/// <summary>An IP network, or one address, as a packet filter writes it.</summary>
/// <param name="Address">First address of the network.</param>
/// <param name="Prefix">Bits of the network; all of them for one address.</param>
internal readonly record struct Cidr(IPAddress Address, int Prefix) : IComparable<Cidr>
{
    private int Bits => IsV6 ? 128 : 32;

    public bool IsV6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary><see cref="Source.Anywhere"/> stands for every address of both families.</summary>
    public bool IsAnywhere => Prefix == 0 && !IsV6;

    public static Cidr Parse(string text) => TryParse(text, out var network) ? network : throw new ConvergeException(WhyNot(text)!);

    public static bool TryParse(string text, out Cidr network)
    {
        network = default;
        var parts = text.Split('/');

        // IPAddress reads "10.1" and "010.0.0.1" as well, each differently from what its writer may have meant.
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address) || text.Contains('%', StringComparison.Ordinal)
            || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != parts[0]))
        {
            return false;
        }

        network = new Cidr(address, address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32);
        if (parts.Length == 1)
        {
            return true;
        }

        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) || prefix > network.Bits)
        {
            return false;
        }

        network = network with { Prefix = prefix };
        return network.Masked().Equals(address);
    }

    /// <summary>Why the text is no network, as a sentence; null when it is one.</summary>
    public static string? WhyNot(string text)
    {
        if (TryParse(text, out _))
        {
            return null;
        }

        var address = text.Split('/')[0];
        return TryParse(address, out var single) && int.TryParse(text[(address.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) && prefix <= single.Bits
            ? $"\"{text}\" is an address inside a network: did you mean \"{single with { Address = (single with { Prefix = prefix }).Masked(), Prefix = prefix }}\"?"
            : $"\"{text}\" is no IP address or network in CIDR notation, such as 10.77.0.0/24";
    }

    public bool Contains(Cidr other) => other.IsV6 == IsV6 && other.Prefix >= Prefix && (other with { Prefix = Prefix }).Masked().Equals(Address);

    public int CompareTo(Cidr other)
    {
        var (mine, theirs) = (Address.GetAddressBytes(), other.Address.GetAddressBytes());
        var order = mine.Length != theirs.Length ? mine.Length - theirs.Length : mine.AsSpan().SequenceCompareTo(theirs);
        return order != 0 ? order : Prefix - other.Prefix;
    }

    public override string ToString() => Prefix == Bits ? $"{Address}" : $"{Address}/{Prefix}";

    private IPAddress Masked()
    {
        var prefix = Prefix;
        return new IPAddress([.. Address.GetAddressBytes().Select((b, i) => (byte)(b & (0xFF00 >> Math.Clamp(prefix - (8 * i), 0, 8))))]);
    }
}
