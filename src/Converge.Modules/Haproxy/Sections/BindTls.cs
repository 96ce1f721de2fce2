using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>How a <see cref="Bind"/> ends TLS (HAProxy configuration manual, section 5.1).</summary>
public sealed record BindTls
{
    /// <summary>Files with certificate, chain and key, or folders of such files (<c>crt</c>). Relative to <see cref="HaproxyGlobal.CertificateFolder"/>.</summary>
    public IList<string> Certificates { get; init; } = [];

    /// <summary>A file that lists certificates with their options (<c>crt-list</c>).</summary>
    public string? CertificateList { get; init; }

    /// <summary>Offered protocols, best first: <c>h2</c>, <c>http/1.1</c>. Empty: up to HAProxy (http/1.1 in 2.6, both since 2.8).</summary>
    public IList<string> Alpn { get; init; } = [];

    /// <summary>Such as <c>TLSv1.3</c>. Null: what <see cref="HaproxyGlobal.TlsBindOptions"/> says.</summary>
    public string? MinimumVersion { get; init; }

    /// <summary>Such as <c>TLSv1.2</c>.</summary>
    public string? MaximumVersion { get; init; }

    /// <summary>Ciphers up to TLS 1.2.</summary>
    public string? Ciphers { get; init; }

    /// <summary>Cipher suites of TLS 1.3.</summary>
    public string? CipherSuites { get; init; }

    /// <summary>Elliptic curves.</summary>
    public string? Curves { get; init; }

    /// <summary>Certificates of those who may sign client certificates (<c>ca-file</c>).</summary>
    public string? ClientAuthority { get; init; }

    /// <summary>Whether clients must show a certificate: <c>none</c>, <c>optional</c>, <c>required</c>.</summary>
    public string? Verify { get; init; }

    /// <summary>A client that asks for an unknown name is refused.</summary>
    public bool StrictSni { get; init; }
}
