namespace Converge;

/// <summary>Transport of a port, or a protocol without ports.</summary>
public enum Protocol
{
    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>UDP.</summary>
    Udp,

    /// <summary>VRRP, IP protocol 112; the port of its endpoints is 0.</summary>
    Vrrp,
}

/// <summary>A port of a host: what one resource listens on and others connect to.</summary>
/// <param name="Host">Where it listens.</param>
/// <param name="Number">1 to 65535; 0 for protocols without ports.</param>
/// <param name="Protocol">Default: TCP.</param>
public sealed record Endpoint(Host Host, int Number, Protocol Protocol = Protocol.Tcp)
{
    /// <summary>As clients write it: <c>10.77.0.21:80</c>.</summary>
    public string Address => $"{(Host.Address.Contains(':') ? $"[{Host.Address}]" : Host.Address)}:{Number}";

    /// <summary><c>web1:80/tcp</c>, or <c>lb1:vrrp</c>.</summary>
    public override string ToString() => Protocol == Protocol.Vrrp ? $"{Host.Name}:vrrp" : $"{Host.Name}:{Number}/{(Protocol == Protocol.Tcp ? "tcp" : "udp")}";
}

/// <summary>
/// Traffic that a resource needs or permits. Gives the order (what listens comes before what connects), the check that something listens, and
/// the opening in the listening host's firewall.
/// </summary>
/// <param name="From">A host, or a network in CIDR notation.</param>
/// <param name="To">What is connected to.</param>
public sealed record Connection(Source From, Endpoint To);

/// <summary>Where traffic comes from: one host of the fleet, or a network.</summary>
/// <param name="Host">Null when it is a network.</param>
/// <param name="Network">CIDR notation; null when it is a host.</param>
public sealed record Source(Host? Host, string? Network)
{
    /// <summary>From anywhere.</summary>
    public static Source Anywhere { get; } = new(null, "0.0.0.0/0");

    /// <summary>The address or network, as a packet filter writes it.</summary>
    public string Address => Host?.Address ?? Network!;

    /// <summary>A host of the fleet.</summary>
    public static implicit operator Source(Host host) => new(host, null);

    /// <summary>A network in CIDR notation, or one address.</summary>
    public static implicit operator Source(string network) => new(null, network);
}
