using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>Whom a location passes requests to: a port of a host, a port of a shared address, or a URL outside the fleet.</summary>
public sealed record NginxUpstream
{
    private NginxUpstream(string url) => Url = url;

    /// <summary>As <c>proxy_pass</c> takes it, without a path.</summary>
    public string Url { get; }

    internal Endpoint? Endpoint { get; private init; }

    internal SharedEndpoint? Shared { get; private init; }

    internal IEnumerable<Endpoint> EndpointsIn(Fleet fleet) => Endpoint is not null ? [Endpoint] : Shared?.EndpointsIn(fleet) ?? [];

    /// <summary>HTTP to a port of a host: gives the order, and the opening in that host's firewall.</summary>
    public static implicit operator NginxUpstream(Endpoint endpoint) => new($"http://{endpoint.Address}") { Endpoint = endpoint };

    /// <summary>HTTP to a port of a shared address.</summary>
    public static implicit operator NginxUpstream(SharedEndpoint endpoint) => new($"http://{endpoint.Address}") { Shared = endpoint };

    /// <summary>A URL: <c>https://api.example.com</c>, <c>http://unix:/run/app.sock</c>, <c>http://NAME</c> of an upstream in <see cref="NginxSite.HttpLines"/>.</summary>
    public static implicit operator NginxUpstream(string url) => new(url);
}
