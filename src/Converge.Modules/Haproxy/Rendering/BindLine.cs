using System.Linq;
using System.Text;
using static Converge.Modules.HaproxyText;

namespace Converge.Modules;

/// <summary>Writes <c>bind</c> lines.</summary>
internal static class BindLine
{
    public static string Of(Bind bind, BindAddress address)
    {
        var words = new StringBuilder($"bind {address.Text}");
        Append(words, "name", bind.Name);
        Append(words, "interface", bind.Interface);
        Append(words, "mode", bind.Mode);
        Append(words, "user", bind.User);
        Append(words, "group", bind.Group);
        Append(words, "maxconn", bind.MaxConnections?.ToString());
        Append(words, "backlog", bind.Backlog?.ToString());
        words.Append(bind.AcceptProxy ? " accept-proxy" : "").Append(bind.Transparent ? " transparent" : "");
        words.Append(bind.V4V6 ? " v4v6" : "").Append(bind.TcpFastOpen ? " tfo" : "");
        Tls(bind.Tls, words);
        words.Append(bind.Extra is null ? "" : $" {bind.Extra}");
        return words.ToString();
    }

    private static void Tls(BindTls? tls, StringBuilder words)
    {
        if (tls is null)
        {
            return;
        }

        words.Append(" ssl");
        foreach (var certificate in tls.Certificates)
        {
            words.Append($" crt {Word(certificate)}");
        }

        Append(words, "crt-list", tls.CertificateList is null ? null : Word(tls.CertificateList));
        Append(words, "alpn", tls.Alpn.Any() ? string.Join(',', tls.Alpn) : null);
        Append(words, "ssl-min-ver", tls.MinimumVersion);
        Append(words, "ssl-max-ver", tls.MaximumVersion);
        Append(words, "ciphers", tls.Ciphers);
        Append(words, "ciphersuites", tls.CipherSuites);
        Append(words, "curves", tls.Curves);
        Append(words, "ca-file", tls.ClientAuthority is null ? null : Word(tls.ClientAuthority));
        Append(words, "verify", tls.Verify);
        words.Append(tls.StrictSni ? " strict-sni" : "");
    }

    private static void Append(StringBuilder words, string name, string? value) => words.Append(value is null ? "" : $" {name} {value}");
}
