using System.Collections.Generic;

namespace Converge;

/// <summary>How a load balancer stops sending anything to a server for a while. Its steps run on each host that balances.</summary>
/// <param name="Server">The host that gets no traffic meanwhile.</param>
/// <param name="Begin">Does nothing where no other server could take over; ends when nothing is under way to the server, or after a deadline.</param>
/// <param name="End">Ends when the server takes traffic again.</param>
public sealed record Draining(Host Server, IReadOnlyList<Step> Begin, IReadOnlyList<Step> End)
{
    /// <summary>Why it makes no sense: <c>the only server of backend pages</c>. Null: it does.</summary>
    public string? WhyNot { get; init; }
}
