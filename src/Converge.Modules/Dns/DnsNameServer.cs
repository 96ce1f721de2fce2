namespace Converge.Modules;

/// <summary>A name server of a zone: a host of the fleet, whose address record is added where there is none, or a name.</summary>
/// <param name="ServerName">Relative to the zone, or absolute with a final dot.</param>
public sealed record DnsNameServer(string ServerName)
{
    /// <summary>Its address, for the glue record. Null: a record of the zone has it, or the name is outside the zone.</summary>
    public DnsAddress? Address { get; init; }

    /// <summary>A name whose address is known elsewhere.</summary>
    public static implicit operator DnsNameServer(string name) => new(name);

    /// <summary>A host, called by its name within the zone; a host whose name has dots, by that name.</summary>
    public static implicit operator DnsNameServer(Host host) => new(host.Name.Contains('.') ? $"{host.Name}." : host.Name) { Address = host };
}
