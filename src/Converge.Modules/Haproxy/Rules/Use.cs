namespace Converge.Modules;

/// <summary>Chooses where a request goes. The first that applies wins; a frontend's default backend takes the rest.</summary>
/// <example>
/// <code>
/// var api = new Backend("api") { Servers = { new("app1", "192.0.2.31:8000") } };
/// var www = new Frontend("www")
/// {
///     Bind = { 80 },
///     Rules = { Use.Backend(api).If("{ path_beg /api/ }") },
///     DefaultBackend = "pages",
/// };
/// </code>
/// </example>
public static class Use
{
    /// <summary>A backend, given as object or by name (<c>use_backend</c>).</summary>
    public static HaproxyRule Backend(BackendReference backend) => new("use_backend", Content.Text(backend.Name)) { Chooses = backend };

    /// <summary>A server of this backend, whatever the balance says (<c>use-server</c>).</summary>
    public static HaproxyRule Server(string name) => new("use-server", Content.Text(name));
}
