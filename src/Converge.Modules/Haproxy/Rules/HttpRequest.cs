using static Converge.Modules.HaproxyText;

namespace Converge.Modules;

/// <summary>Rules for requests in mode http (<c>http-request</c>; HAProxy configuration manual, section 4.2).</summary>
/// <example>
/// <code>
/// var www = new Frontend("www")
/// {
///     Bind = { 80 },
///     Rules =
///     {
///         HttpRequest.DeleteHeader("X-Forwarded-For"),
///         HttpRequest.SetHeader("X-Forwarded-Proto", "http"),
///         HttpRequest.Deny(403).If("{ path_beg /internal }"),
///     },
///     DefaultBackend = "pages",
/// };
/// </code>
/// </example>
public static class HttpRequest
{
    /// <summary>Any action, as the manual writes it behind <c>http-request</c>. Nothing is quoted.</summary>
    public static HaproxyRule Do(string action) => new("http-request", Content.Text(action));

    /// <summary>Replaces a header, or adds it. The value is a log format: <c>%[src]</c>.</summary>
    public static HaproxyRule SetHeader(string name, string format) => Do($"set-header {Word(name)} {Word(format)}");

    /// <summary>Replaces a header, or adds it, with a secret: shown nowhere.</summary>
    public static HaproxyRule SetHeader(string name, Secret value) => new("http-request", Content.Text($"set-header {Word(name)} {SecretWord("", value)}"));

    /// <summary>Adds a header, also when there is one.</summary>
    public static HaproxyRule AddHeader(string name, string format) => Do($"add-header {Word(name)} {Word(format)}");

    /// <summary>Removes every header of a name.</summary>
    public static HaproxyRule DeleteHeader(string name) => Do($"del-header {Word(name)}");

    /// <summary>Replaces what a regular expression matches in a header.</summary>
    public static HaproxyRule ReplaceHeader(string name, string regex, string format) => Do($"replace-header {Word(name)} {Word(regex)} {Word(format)}");

    /// <summary>Sets the path, without the query.</summary>
    public static HaproxyRule SetPath(string format) => Do($"set-path {Word(format)}");

    /// <summary>Replaces what a regular expression matches in the path, query not included.</summary>
    public static HaproxyRule ReplacePath(string regex, string format) => Do($"replace-path {Word(regex)} {Word(format)}");

    /// <summary>Sets the query.</summary>
    public static HaproxyRule SetQuery(string format) => Do($"set-query {Word(format)}");

    /// <summary>Keeps the value of an expression: <c>SetVariable("txn.host", "req.hdr(host)")</c>.</summary>
    public static HaproxyRule SetVariable(string name, string expression) => Do($"set-var({name}) {expression}");

    /// <summary>Counts the client in a stick table: <c>Track(0, "src")</c>.</summary>
    /// <param name="counter">0 to 2, unless the program was built for more.</param>
    /// <param name="key">A fetch, such as <c>src</c>.</param>
    /// <param name="table">The section whose stick table counts. Null: this one's.</param>
    public static HaproxyRule Track(int counter, string key, string? table = null) => Do($"track-sc{counter} {key}{(table is null ? "" : $" table {table}")}");

    /// <summary>Asks for a user name and password. Its condition says who is already known: <c>.Unless("{ http_auth(admins) }")</c>.</summary>
    public static HaproxyRule Authenticate(string? realm = null) => Do(realm is null ? "auth" : $"auth realm {Word(realm)}");

    /// <summary>Lets the request pass; no later <c>http-request</c> rule is looked at.</summary>
    public static HaproxyRule Allow() => Do("allow");

    /// <summary>Refuses the request. Default status: 403.</summary>
    public static HaproxyRule Deny(int? status = null) => Do(status is null ? "deny" : $"deny deny_status {status}");

    /// <summary>Refuses the request after the tarpit timeout. Default status: 500.</summary>
    public static HaproxyRule Tarpit(int? status = null) => Do(status is null ? "tarpit" : $"tarpit deny_status {status}");

    /// <summary>Drops the connection without an answer.</summary>
    public static HaproxyRule SilentDrop() => Do("silent-drop");

    /// <summary>Answers at once, without a server.</summary>
    public static HaproxyRule Return(int status, string contentType, string text) => Do($"return status {status} content-type {Word(contentType)} string {Body(text)}");

    /// <summary>Answers from a service inside HAProxy: <c>UseService("prometheus-exporter")</c>.</summary>
    public static HaproxyRule UseService(string name) => Do($"use-service {name}");
}
