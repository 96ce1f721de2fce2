using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace Converge;

/// <summary>An address that several hosts share and one of them holds at a time (VIP): to bind to, to connect to, to put into DNS.</summary>
/// <param name="Address">IPv4 or IPv6, without prefix length: <c>10.77.0.100</c>.</param>
/// <param name="PrefixLength">Of the network that it is in; 32 (IPv6: 128) when it is alone.</param>
public sealed record SharedAddress(string Address, int PrefixLength)
{
    /// <summary>The resource that moves it between hosts; the hosts that may hold it are those that have this resource. Null: not known to the script.</summary>
    public Resource? Holder { get; init; }

    /// <summary>Reads <c>10.77.0.100/24</c>; without a prefix length the address is alone in its network.</summary>
    /// <exception cref="ConvergeException">The text is no address.</exception>
    public static SharedAddress Parse(string text)
    {
        var slash = text.IndexOf('/');
        var address = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(address, out var ip) || (ip.AddressFamily == AddressFamily.InterNetwork && address.Count(c => c == '.') != 3))
        {
            throw new ConvergeException($"\"{text}\" is no shared address", "Write address and prefix length, for example: 10.77.0.100/24");
        }

        var bits = ip.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), out prefix) || prefix < 1 || prefix > bits))
        {
            throw new ConvergeException($"\"{text}\" has no prefix length between 1 and {bits}", "Write address and prefix length, for example: 10.77.0.100/24");
        }

        return new SharedAddress(ip.ToString(), prefix);
    }

    /// <summary>A port of the address, to bind to or to connect to.</summary>
    public SharedEndpoint Port(int number, Protocol protocol = Protocol.Tcp) => new(this, number, protocol);

    /// <summary>The hosts that may hold it; empty when the script does not say.</summary>
    public IReadOnlyList<Host> HostsIn(Fleet fleet) => Holder is null
        ? []
        : [.. fleet.Declarations.Where(d => ReferenceEquals(d.Resource, Holder)).SelectMany(d => d.Hosts)];

    /// <summary>Whether <paramref name="address"/> is in the network of this one.</summary>
    public bool IsNear(string address) =>
        IPAddress.TryParse(address, out var ip) && IPAddress.Parse(Address) is var own && own.AddressFamily == ip.AddressFamily && Network(own).Contains(ip);

    /// <summary><c>10.77.0.100/24</c>.</summary>
    public override string ToString() => $"{Address}/{PrefixLength}";

    private IPNetwork Network(IPAddress own)
    {
        var bytes = own.GetAddressBytes();
        for (var bit = PrefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), PrefixLength);
    }
}

/// <summary>A port of a shared address.</summary>
/// <param name="On">The address.</param>
/// <param name="Number">1 to 65535.</param>
/// <param name="Protocol">Default: TCP.</param>
public sealed record SharedEndpoint(SharedAddress On, int Number, Protocol Protocol = Protocol.Tcp)
{
    /// <summary>As clients write it: <c>10.77.0.100:80</c>.</summary>
    public string Address => $"{(On.Address.Contains(':') ? $"[{On.Address}]" : On.Address)}:{Number}";

    /// <summary>The same port of each host that may hold the address.</summary>
    public IReadOnlyList<Endpoint> EndpointsIn(Fleet fleet) => [.. On.HostsIn(fleet).Select(host => host.Port(Number, Protocol))];

    /// <summary><c>10.77.0.100:80/tcp</c>.</summary>
    public override string ToString() => $"{Address}/{(Protocol == Protocol.Tcp ? "tcp" : "udp")}";
}
