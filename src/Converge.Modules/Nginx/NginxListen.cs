using System.Net;

namespace Converge.Modules;

/// <summary>Where a site listens. A number is a port of every IPv4 address; an endpoint is that address alone.</summary>
/// <param name="Port">1 to 65535.</param>
public sealed record NginxListen(int Port)
{
    /// <summary>One address of the host; IPv6 in brackets, <c>[::]</c> for every IPv6 address. Null: every IPv4 address.</summary>
    public string? Address { get; init; }

    /// <summary>The site answers here for names that no other site has. Default: the first site that nginx reads does.</summary>
    public bool Default { get; init; }

    /// <summary>Speaks TLS, with the certificate of <see cref="NginxSite.Tls"/>.</summary>
    public bool Tls { get; init; }

    internal Host? Host { get; init; }

    internal string Value => Address is null ? $"{Port}" : $"{Address}:{Port}";

    internal string Directive => $"listen {Value}{(Default ? " default_server" : "")}{(Tls ? " ssl" : "")};";

    /// <summary>A port of every IPv4 address.</summary>
    public static implicit operator NginxListen(int port) => new(port);

    /// <summary>A port of one address.</summary>
    public static implicit operator NginxListen(Endpoint endpoint) => new(endpoint.Number)
    {
        Host = endpoint.Host,
        Address = IPAddress.TryParse(endpoint.Host.Address, out var address) ? address.ToString() is var text && text.Contains(':') ? $"[{text}]" : text : null,
    };
}

/// <summary>Certificate of a site, as paths on the host.</summary>
/// <param name="Certificate">PEM file, the site's own certificate first, then the intermediate ones.</param>
/// <param name="Key">PEM file.</param>
public sealed record NginxTls(string Certificate, string Key);
