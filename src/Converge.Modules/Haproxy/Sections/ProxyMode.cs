namespace Converge.Modules;

/// <summary>What a proxy of HAProxy understands of the traffic.</summary>
public enum ProxyMode
{
    /// <summary>Bytes.</summary>
    Tcp,

    /// <summary>HTTP requests and responses.</summary>
    Http,
}
