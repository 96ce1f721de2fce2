using System.Collections.Generic;

namespace Converge;

/// <summary>
/// Something that one resource brings to its host and others of that host may need. A need is an implied edge to whoever provides it; that
/// nobody in the script provides it is no mistake, for the system may.
/// </summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Name">Which one.</param>
public sealed record Provision(string Kind, string Name)
{
    /// <summary>An absolute path.</summary>
    public static Provision Path(string path) => new("path", path);

    /// <summary>A package.</summary>
    public static Provision Package(string name) => new("package", name);

    /// <summary>A systemd unit, with its suffix: <c>nginx.service</c>.</summary>
    public static Provision Unit(string name) => new("unit", name);

    /// <summary>A service in the state that the script wants, with its suffix: <c>mysql.service</c>.</summary>
    public static Provision Service(string name) => new("service", name);

    /// <summary>A user account.</summary>
    public static Provision User(string name) => new("user", name);

    /// <summary>A group.</summary>
    public static Provision Group(string name) => new("group", name);

    /// <summary>A listening port.</summary>
    public static Provision Port(int number, Protocol protocol = Protocol.Tcp) => new("port", $"{number}/{protocol}".ToLowerInvariant());

    /// <summary>That a port is let in by the packet filter: what connects comes after it, as after what listens.</summary>
    public static Provision Opening(int number, Protocol protocol = Protocol.Tcp) => new("opening", $"{number}/{protocol}".ToLowerInvariant());

    /// <summary>The folders above <paramref name="path"/>, nearest first, without the root.</summary>
    public static IEnumerable<Provision> FoldersAbove(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return Path(path[..end]);
        }
    }

    /// <summary><c>port 80/tcp</c>.</summary>
    public override string ToString() => $"{Kind} {Name}";
}
