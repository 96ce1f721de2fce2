using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>
/// The connections between peers. They permit traffic but give no order: every peer connects to every other, and none can come first.
/// </summary>
internal sealed record PeerTraffic(IReadOnlyList<Host> Members, IEnumerable<PeerGroup> Groups) : Composite
{
    public override string Kind => "haproxy-peers";

    public override string Name => string.Join(',', Groups.Select(g => g.Name));

    public override IEnumerable<Connection> Connections(Host host) =>
        from member in Members
        where member != host
        from peers in Groups
        select new Connection(host, member.Port(peers.Port));

    public override void Expand(Expansion expansion)
    {
        // Nothing to add: the composite is there for its connections.
    }
}
