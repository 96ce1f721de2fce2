using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>
/// Lets a checker that reads a whole configuration, and cannot be pointed to one file of it, see a new file in the place of the old one before it
/// is there.
/// </summary>
/// <remarks>
/// The checker runs in a mount namespace of its own, in which the file's folder is a copy in memory with the new file in its place: the paths
/// that it reads and names in its messages are the real ones, nobody else sees the copy, and whatever ends the checker, nothing of it is left.
/// </remarks>
internal static class InPlaceCheck
{
    // The folder stays reachable as the working directory while the copy covers its path. The old file goes first: it may be a link, and cp would
    // write through it to the real target.
    private const string Script = """cd -- "$2" && mount -t tmpfs -o mode=0755 converge "$2" && cp -a . "$2" && rm -f -- "$2/$3" && cp -- "$1" "$2/$3" && shift 3 && exec "$@" """;

    /// <param name="path">Where the new file is going to be.</param>
    /// <param name="program">The checker.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Validation Of(string path, string program, params IEnumerable<string> arguments)
    {
        var slash = path.LastIndexOf('/');
        return new Validation("unshare", ["-m", "sh", "-c", Script.TrimEnd(), "sh", Validation.NewFile, path[..slash], path[(slash + 1)..], program, .. arguments]);
    }
}
