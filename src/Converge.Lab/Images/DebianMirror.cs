using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Lab;

/// <summary>The Debian archive that this machine already uses, and the keyring that vouches for it.</summary>
internal sealed record DebianMirror(string Uri, string Keyring)
{
    private const string DefaultKeyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

    public static DebianMirror OfThisMachine() => Find(AptSources.OfThisMachine())
        ?? throw new LabException(
            "This machine's apt sources name no Debian archive, from which the lab's hosts are made.\n"
            + "Add one, for example in /etc/apt/sources.list.d/debian.sources (see sources.list(5)): an entry with component main "
            + "and a URI that ends with /debian.");

    /// <summary>The first source with Debian's own layout. Other archives name their suites after Debian's too, so the path decides.</summary>
    public static DebianMirror? Find(IEnumerable<AptSource> sources) => sources
        .Where(s => s.Components.Contains("main"))
        .SelectMany(s => s.Uris.Where(IsDebian).Select(uri => new DebianMirror(uri, s.SignedBy ?? DefaultKeyring)))
        .FirstOrDefault();

    /// <summary>The line for sources.list that fetches one suite from here.</summary>
    public string Line(string suite) => $"deb [signed-by={Keyring}] {Uri} {suite} main";

    // Debian's cloud images say mirror+file:/etc/apt/mirrors/debian.list.
    private static bool IsDebian(string uri) =>
        uri.TrimEnd('/').Split('/')[^1] is "debian" or "debian.list" && !uri.StartsWith("cdrom:", StringComparison.Ordinal);
}
