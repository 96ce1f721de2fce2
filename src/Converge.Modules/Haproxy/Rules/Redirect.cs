using static Converge.Modules.HaproxyText;

namespace Converge.Modules;

/// <summary>Sends the client elsewhere (<c>http-request redirect</c>, which keeps its place among the other rules).</summary>
/// <example>
/// <code>
/// var plain = new Frontend("plain")
/// {
///     Bind = { 80 },
///     Rules = { Redirect.Scheme("https").Unless("{ ssl_fc }") },
/// };
/// </code>
/// </example>
public static class Redirect
{
    /// <summary>To the same address under another scheme.</summary>
    public static HaproxyRule Scheme(string scheme, int status = 301) => HttpRequest.Do($"redirect scheme {Word(scheme)} code {status}");

    /// <summary>To one address. The value is a log format.</summary>
    public static HaproxyRule Location(string format, int status = 302) => HttpRequest.Do($"redirect location {Word(format)} code {status}");

    /// <summary>To the same path behind a prefix such as <c>https://www.example.com</c>.</summary>
    public static HaproxyRule Prefix(string format, int status = 302) => HttpRequest.Do($"redirect prefix {Word(format)} code {status}");
}
