namespace Converge.Modules;

/// <summary>Traffic that a firewall lets in.</summary>
/// <param name="From">A host, a network in CIDR notation, or <see cref="Source.Anywhere"/>, which includes IPv6.</param>
/// <param name="Port">1 to 65535; 0 for protocols without ports.</param>
/// <param name="Protocol">Default: TCP.</param>
public sealed record Opening(Source From, int Port, Protocol Protocol = Protocol.Tcp)
{
    /// <summary><c>80/tcp from lb1</c>.</summary>
    public override string ToString() =>
        $"{(Protocol == Protocol.Vrrp ? "vrrp" : $"{Port}/{(Protocol == Protocol.Tcp ? "tcp" : "udp")}")} from {From.Host?.Name ?? From.Network}";
}
