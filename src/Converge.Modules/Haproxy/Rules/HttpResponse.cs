using static Converge.Modules.HaproxyText;

namespace Converge.Modules;

/// <summary>Rules for responses in mode http (<c>http-response</c>; HAProxy configuration manual, section 4.2).</summary>
public static class HttpResponse
{
    /// <summary>Any action, as the manual writes it behind <c>http-response</c>. Nothing is quoted.</summary>
    public static HaproxyRule Do(string action) => new("http-response", Content.Text(action));

    /// <summary>Any action on whatever leaves, error pages of HAProxy itself included (<c>http-after-response</c>).</summary>
    public static HaproxyRule DoAfter(string action) => new("http-after-response", Content.Text(action));

    /// <summary>Replaces a header, or adds it. The value is a log format.</summary>
    public static HaproxyRule SetHeader(string name, string format) => Do($"set-header {Word(name)} {Word(format)}");

    /// <summary>Adds a header, also when there is one.</summary>
    public static HaproxyRule AddHeader(string name, string format) => Do($"add-header {Word(name)} {Word(format)}");

    /// <summary>Removes every header of a name.</summary>
    public static HaproxyRule DeleteHeader(string name) => Do($"del-header {Word(name)}");

    /// <summary>Sets the status.</summary>
    public static HaproxyRule SetStatus(int status) => Do($"set-status {status}");

    /// <summary>Refuses the response: the client gets 502.</summary>
    public static HaproxyRule Deny() => Do("deny");
}
