using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Name servers that HAProxy asks while it runs.</summary>
/// <param name="Name">One word; what <see cref="BackendServer.Resolvers"/> calls it.</param>
/// <example>
/// <code>
/// var dns = new Resolvers("dns") { NameServers = { new("dns1", "192.0.2.53:53") } };
/// </code>
/// </example>
public sealed record Resolvers(string Name)
{
    /// <summary>Asked all at once.</summary>
    public IList<HaproxyNameServer> NameServers { get; init; } = [];

    /// <summary>Also those of the host's resolv.conf, as they are when HAProxy starts.</summary>
    public bool UseSystem { get; init; }

    /// <summary>How long a good answer is kept. HAProxy's default: 10 s.</summary>
    public TimeSpan? HoldValid { get; init; }

    /// <summary>Times a name server is asked before it counts as silent. HAProxy's default: 3.</summary>
    public int? Retries { get; init; }

    /// <summary>Between two questions. HAProxy's default: 1 s.</summary>
    public TimeSpan? TimeoutRetry { get; init; }

    /// <summary>Longest answer in bytes. HAProxy's default: 512.</summary>
    public int? AcceptedPayloadSize { get; init; }

    /// <summary>Further lines.</summary>
    public IList<RawLine> Lines { get; init; } = [];

    internal IEnumerable<Endpoint> Endpoints => NameServers.Select(n => n.Endpoint).OfType<Endpoint>();

    internal SectionLines ToLines()
    {
        var section = new SectionLines($"resolvers {Name}");
        foreach (var server in NameServers)
        {
            section.Add($"nameserver {server.Name} {server.Address}");
        }

        section.AddIf(UseSystem, "parse-resolv-conf");
        section.AddIf("resolve_retries", Retries);
        section.AddIf("timeout retry", TimeoutRetry);
        section.AddIf("hold valid", HoldValid);
        section.AddIf("accepted_payload_size", AcceptedPayloadSize);
        return section;
    }
}

/// <summary>A name server of <see cref="Resolvers"/>.</summary>
public sealed record HaproxyNameServer
{
    /// <summary>A port of a host of the fleet, usually <c>dns1.Port(53, Protocol.Udp)</c>.</summary>
    public HaproxyNameServer(string name, Endpoint endpoint) => (Name, Address, Endpoint) = (name, endpoint.Address, endpoint);

    /// <summary>One that this script does not know: <c>192.0.2.53:53</c>.</summary>
    public HaproxyNameServer(string name, string address) => (Name, Address) = (name, address);

    /// <summary>In statistics.</summary>
    public string Name { get; }

    /// <summary>As haproxy.cfg has it.</summary>
    public string Address { get; }

    internal Endpoint? Endpoint { get; }
}
