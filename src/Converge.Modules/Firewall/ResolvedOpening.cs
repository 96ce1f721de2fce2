using System.Diagnostics.CodeAnalysis;

namespace Converge.Modules;

/// <summary>An opening whose source is known as an address.</summary>
/// <param name="From">Where from.</param>
/// <param name="Port">0 for protocols without ports.</param>
/// <param name="Protocol">Of the port.</param>
/// <param name="Label">Name of the host that it is for; null for networks.</param>
internal sealed record ResolvedOpening(Cidr From, int Port, Protocol Protocol, string? Label)
{
    public static bool TryFrom(Opening opening, [NotNullWhen(true)] out ResolvedOpening? resolved, [NotNullWhen(false)] out string? reason)
    {
        reason = opening.From.Host is { } host
            ? Cidr.TryParse(host.Address, out _) ? null : $"its address in this script is the name \"{host.Address}\": a packet filter needs an IP address"
            : Cidr.WhyNot(opening.From.Address);
        resolved = reason is null ? new ResolvedOpening(Cidr.Parse(opening.From.Address), opening.Port, opening.Protocol, opening.From.Host?.Name) : null;
        return resolved is not null;
    }
}
