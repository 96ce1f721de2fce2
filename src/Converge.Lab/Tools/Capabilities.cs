using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Converge.Lab;

/// <summary>What the kernel lets this process do. Root in a container may lack most of it.</summary>
internal static class Capabilities
{
    // capabilities(7): CAP_NET_ADMIN is 12, CAP_SYS_ADMIN is 21.
    private const ulong Needed = 1UL << 12 | 1UL << 21;

    /// <summary>Whether the lines of <c>/proc/self/status</c> grant network and mount administration.</summary>
    public static bool Suffice(IEnumerable<string> status) => status
        .Where(line => line.StartsWith("CapEff:", StringComparison.Ordinal))
        .Select(line => ulong.Parse(line["CapEff:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
        .Any(effective => (effective & Needed) == Needed);
}
