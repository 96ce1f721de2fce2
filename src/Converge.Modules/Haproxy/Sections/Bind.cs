using System;
using System.Globalization;

namespace Converge.Modules;

/// <summary>Where a frontend or listen section accepts connections. A port number, an endpoint of a host, a shared address and a plain address become one by themselves.</summary>
/// <example>
/// <code>
/// var vip = SharedAddress.Parse("192.0.2.100/24");
/// var www = new Frontend("www")
/// {
///     Bind = { vip.Port(80), new(vip.Port(443)) { Tls = new() { Certificates = { "/etc/haproxy/certs/" } } } },
///     DefaultBackend = "pages",
/// };
/// </code>
/// </example>
public sealed record Bind
{
    private readonly Func<Host, BindAddress?> _on;

    private Bind(Func<Host, BindAddress?> on) => _on = on;

    /// <summary>A port on every address of the host (<c>:80</c>, IPv4).</summary>
    public Bind(int port)
        : this(_ => BindAddress.Everywhere(port))
    {
    }

    /// <summary>A port of one host; on other hosts there is no such line.</summary>
    public Bind(Endpoint endpoint)
        : this(host => host == endpoint.Host ? new BindAddress(endpoint.Address, endpoint.Host.Address, endpoint.Number, endpoint.Protocol) : null) =>
        Endpoint = endpoint;

    /// <summary>A port of a shared address. The host may then bind to addresses that it does not hold (sysctl <c>ip_nonlocal_bind</c>).</summary>
    public Bind(SharedEndpoint shared)
        : this(_ => new BindAddress(shared.Address, shared.On.Address, shared.Number, shared.Protocol)) =>
        Shared = shared;

    /// <summary>As the manual writes it behind <c>bind</c>: <c>192.0.2.1:80</c>, <c>:::443 v4v6</c>, <c>unix@/run/x.sock</c>, <c>abns@name</c>, <c>quic4@:443</c>.</summary>
    public Bind(string address)
        : this(_ => BindAddress.Read(address))
    {
    }

    /// <summary>TLS is ended here. Null: plain.</summary>
    public BindTls? Tls { get; init; }

    /// <summary>Every connection must begin with a PROXY protocol header.</summary>
    public bool AcceptProxy { get; init; }

    /// <summary>Binds also where the address is of no local interface.</summary>
    public bool Transparent { get; init; }

    /// <summary>Only connections that come in on this interface.</summary>
    public string? Interface { get; init; }

    /// <summary>Connections at a time.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Connections that wait to be accepted.</summary>
    public int? Backlog { get; init; }

    /// <summary>An address of IPv6 takes IPv4 as well.</summary>
    public bool V4V6 { get; init; }

    /// <summary>TCP fast open.</summary>
    public bool TcpFastOpen { get; init; }

    /// <summary>Shown in statistics.</summary>
    public string? Name { get; init; }

    /// <summary>Unix sockets: octal mode, such as <c>660</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>Unix sockets: owner.</summary>
    public string? User { get; init; }

    /// <summary>Unix sockets: group.</summary>
    public string? Group { get; init; }

    /// <summary>Further options, as the manual (section 5.1) writes them.</summary>
    public string? Extra { get; init; }

    internal Endpoint? Endpoint { get; }

    internal SharedEndpoint? Shared { get; }

    /// <summary>A port of the host's own address, on each host that has the section.</summary>
    public static Bind Own(int port) => new(host => new BindAddress(host.Port(port).Address, host.Address, port, Protocol.Tcp));

    /// <inheritdoc cref="Bind(int)"/>
    public static implicit operator Bind(int port) => new(port);

    /// <inheritdoc cref="Bind(Endpoint)"/>
    public static implicit operator Bind(Endpoint endpoint) => new(endpoint);

    /// <inheritdoc cref="Bind(SharedEndpoint)"/>
    public static implicit operator Bind(SharedEndpoint shared) => new(shared);

    /// <inheritdoc cref="Bind(string)"/>
    public static implicit operator Bind(string address) => new(address);

    /// <summary>Where it binds on a host, or null when it does not.</summary>
    internal BindAddress? On(Host host) => _on(host);
}

/// <summary>An address to bind to.</summary>
/// <param name="Text">As haproxy.cfg has it.</param>
/// <param name="Address">Without port; <c>*</c> for every address; null when it is no network address.</param>
/// <param name="Port">Null when it is not one known port.</param>
/// <param name="Protocol">TCP, or UDP for QUIC.</param>
internal sealed record BindAddress(string Text, string? Address, int? Port, Protocol Protocol)
{
    public static BindAddress Everywhere(int port) => new($":{port}", "*", port, Protocol.Tcp);

    public static BindAddress Read(string text)
    {
        var first = text.Split(' ')[0];
        var at = first.IndexOf('@');
        var family = at < 0 ? "" : first[..at];
        var colon = first.LastIndexOf(':');
        if (family is not ("" or "ipv4" or "ipv6" or "quic4" or "quic6") || first.StartsWith('/') || colon < at)
        {
            return new BindAddress(text, null, null, Protocol.Tcp);
        }

        var address = first[(at + 1)..colon].Trim('[', ']');
        int? port = int.TryParse(first.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new BindAddress(text, address is "" or "*" or "::" or "0.0.0.0" ? "*" : address, port, family.StartsWith("quic") ? Protocol.Udp : Protocol.Tcp);
    }

    /// <summary>Whether both cannot be bound at once.</summary>
    public bool Clashes(BindAddress other) =>
        Port is not null && Port == other.Port && Protocol == other.Protocol && Address is not null && other.Address is not null
        && (Address == other.Address || Address == "*" || other.Address == "*");
}
