using System.Linq;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Lab;

/// <summary>
/// The bridge that joins a lab's hosts, and this machine's interface into it. The bridge lives in a network namespace of its
/// own: there, this machine's packet filter cannot see what hosts say to one another. In the machine's own namespace
/// net.bridge.bridge-nf-call-iptables would send it through the FORWARD chain, where Docker drops it.
/// </summary>
internal sealed class LabSwitch(string lab, Subnet subnet)
{
    private readonly string link = LabNames.Link(lab);
    private readonly string home = LabNames.SwitchNamespace(lab);

    public bool Exists => IpCommand.LinkExists(link) && IpCommand.Namespaces().Contains(home);

    /// <exception cref="LabException">Another interface of this machine has an address in the lab's subnet.</exception>
    public void RefuseOverlap()
    {
        foreach (var other in NetworkInterface.GetAllNetworkInterfaces().Where(i => i.Name != link))
        foreach (var address in other.GetIPProperties().UnicastAddresses)
        {
            if (address.Address.AddressFamily == AddressFamily.InterNetwork && subnet.Overlaps(address.Address, address.PrefixLength))
                throw new LabException(
                    $"The subnet of lab {lab}, {subnet}, is in use on this machine: {other.Name} has {address.Address}/{address.PrefixLength}.\n"
                    + (other.Name.StartsWith(LabNames.Link(""), System.StringComparison.Ordinal)
                        ? $"Take that lab down first:\n    converge lab down {other.Name[LabNames.Link("").Length..]}"
                        : "Give the lab another subnet."));
        }
    }

    public async Task CreateAsync(CancellationToken ct)
    {
        await IpCommand.AddNamespaceAsync(home, ct).ConfigureAwait(false);
        await IpCommand.BatchAsync(
            home,
            [
                "link set dev lo up",
                // No spanning tree and no forwarding delay: a port carries frames as soon as it is up.
                $"link add name {LabNames.Bridge} type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
                $"link set dev {LabNames.Bridge} up",
            ],
            ct).ConfigureAwait(false);
        await IpCommand.BatchAsync(
            null,
            [
                $"link add name {link} type veth peer name {LabNames.ControllerPort} netns {home}",
                $"address add {subnet} dev {link}",
                $"link set dev {link} up",
            ],
            ct).ConfigureAwait(false);
        await IpCommand.BatchAsync(home, [$"link set dev {LabNames.ControllerPort} master {LabNames.Bridge} up"], ct).ConfigureAwait(false);
    }

    /// <summary>Gives a host a network namespace with <c>eth0</c> on the bridge. No route leads out of the subnet.</summary>
    public async Task PlugInAsync(LabHost host, CancellationToken ct)
    {
        var inside = LabNames.HostNamespace(lab, host.Name);
        await IpCommand.AddNamespaceAsync(inside, ct).ConfigureAwait(false);
        await IpCommand.BatchAsync(
            home,
            [
                $"link add name {host.Name} type veth peer name eth0 address {LabNames.MacAddress(lab, host.Name)} netns {inside}",
                $"link set dev {host.Name} master {LabNames.Bridge} up",
            ],
            ct).ConfigureAwait(false);
        await IpCommand.BatchAsync(
            inside,
            ["link set dev lo up", $"address add {host.Address}/{subnet.PrefixLength} dev eth0", "link set dev eth0 up"],
            ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Pulls a host's cable and forgets its addresses. A namespace outlives its processes: left there, it would go on answering for
    /// every address that the host held, a VIP included.
    /// </summary>
    public async Task UnplugAsync(string host, CancellationToken ct)
    {
        await IpCommand.DeleteLinkAsync(home, host, ct).ConfigureAwait(false);
        await IpCommand.DeleteNamespaceAsync(LabNames.HostNamespace(lab, host), ct).ConfigureAwait(false);
    }

    public async Task DeleteAsync(CancellationToken ct)
    {
        await IpCommand.DeleteLinkAsync(null, link, ct).ConfigureAwait(false);
        foreach (var name in IpCommand.Namespaces().Where(n => LabNames.IsNamespaceOf(lab, n)).ToList())
            await IpCommand.DeleteNamespaceAsync(name, ct).ConfigureAwait(false);
    }
}
