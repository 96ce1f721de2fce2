using System.Collections.Generic;

namespace Converge.Lab;

/// <summary>One enabled archive of this machine's apt sources. <paramref name="SignedBy"/> is a keyring's path, or null.</summary>
internal sealed record AptSource(
    IReadOnlyList<string> Uris, IReadOnlyList<string> Suites, IReadOnlyList<string> Components, string? SignedBy);
