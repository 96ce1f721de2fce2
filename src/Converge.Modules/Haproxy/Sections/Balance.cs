namespace Converge.Modules;

/// <summary>How a backend chooses a server (HAProxy configuration manual, <c>balance</c>). A plain string is taken as it is.</summary>
public sealed record Balance
{
    private Balance(string text, bool needsHttp = false) => (Text, NeedsHttp) = (text, needsHttp);

    /// <summary>In turns, by weight. HAProxy's default.</summary>
    public static Balance RoundRobin { get; } = new("roundrobin");

    /// <summary>In turns; weights cannot change while running.</summary>
    public static Balance StaticRoundRobin { get; } = new("static-rr");

    /// <summary>The one with the fewest connections.</summary>
    public static Balance LeastConnections { get; } = new("leastconn");

    /// <summary>The first that has room.</summary>
    public static Balance First { get; } = new("first");

    /// <summary>By the client's address.</summary>
    public static Balance Source { get; } = new("source");

    /// <summary>By chance, the better of two.</summary>
    public static Balance Random { get; } = new("random");

    /// <summary>By the path.</summary>
    public static Balance Uri { get; } = new("uri", needsHttp: true);

    internal string Text { get; }

    internal bool NeedsHttp { get; }

    /// <summary>By a header of the request.</summary>
    public static Balance Header(string name) => new($"hdr({name})", needsHttp: true);

    /// <summary>By a parameter of the query.</summary>
    public static Balance Parameter(string name) => new($"url_param {name}", needsHttp: true);

    /// <summary>By an expression: <c>Hash("req.cook(session)")</c>.</summary>
    public static Balance Hash(string expression) => new($"hash {expression}");

    /// <summary>As the manual writes it.</summary>
    public static implicit operator Balance(string text) => new(text);
}
