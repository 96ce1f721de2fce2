using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>The hosts that have this HAProxy share their stick tables: each of them is a peer of the others.</summary>
/// <param name="Name">One word; what <see cref="StickTable.Peers"/> calls it.</param>
/// <param name="Port">Where each host listens for the others.</param>
public sealed record PeerGroup(string Name, int Port = 10000)
{
    internal SectionLines ToLines(IReadOnlyList<Host> members)
    {
        var section = new SectionLines($"peers {Name}");
        foreach (var member in members)
        {
            section.Add($"peer {member.Name} {member.Port(Port).Address}");
        }

        return section;
    }
}
