namespace Converge.Modules;

/// <summary>Keeps a client with its server through a stick table (HAProxy configuration manual, <c>stick on</c>).</summary>
public static class Stick
{
    /// <summary>Looks the client up, and remembers its server: <c>On("src")</c>.</summary>
    /// <param name="key">A fetch, such as <c>src</c>.</param>
    /// <param name="table">The section that has the stick table. Null: this one.</param>
    public static HaproxyRule On(string key, string? table = null) => Rule("on", key, table);

    /// <summary>Looks the client up, without remembering.</summary>
    public static HaproxyRule Match(string key, string? table = null) => Rule("match", key, table);

    /// <summary>Remembers the server by something of the request.</summary>
    public static HaproxyRule StoreRequest(string key, string? table = null) => Rule("store-request", key, table);

    /// <summary>Remembers the server by something of the response.</summary>
    public static HaproxyRule StoreResponse(string key, string? table = null) => Rule("store-response", key, table);

    private static HaproxyRule Rule(string verb, string key, string? table) =>
        new("stick", Content.Text($"{verb} {key}{(table is null ? "" : $" table {table}")}"));
}
