namespace Converge.Modules;

/// <summary>A backend, given as object or by name. A backend given as object need not be listed in <see cref="Haproxy.Backends"/>.</summary>
public sealed record BackendReference
{
    private BackendReference(string name, Backend? backend) => (Name, Backend) = (name, backend);

    /// <summary>The backend's name.</summary>
    public string Name { get; }

    internal Backend? Backend { get; }

    /// <summary>By name: a backend or a listen section.</summary>
    public static implicit operator BackendReference(string name) => new(name, null);

    /// <summary>The backend itself.</summary>
    public static implicit operator BackendReference(Backend backend) => new(backend.Name, backend);
}
