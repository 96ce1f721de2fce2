using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>How a site answers for some of its paths.</summary>
/// <param name="Match">As nginx writes it: <c>/api/</c>, <c>= /health</c>, <c>^~ /static/</c>, <c>~ \.php$</c>, <c>~* \.png$</c>, <c>@name</c>.</param>
/// <example>
/// <code>
/// host.Add(new NginxSite("shop")
/// {
///     Root = "/srv/shop",
///     Locations =
///     [
///         new("/") { TryFiles = ["$uri", "$uri/", "=404"] },
///         new("/api/") { ProxyTo = "http://127.0.0.1:8000", ProxyPath = "/" },
///         new("= /old") { Return = new(301, "/new") },
///     ],
/// });
/// </code>
/// </example>
public sealed record NginxLocation(string Match)
{
    private static readonly string[] Modifiers = ["=", "^~", "~", "~*"];

    /// <summary>Requests are passed on, with the headers of <see cref="ProxyHeaders"/>. Null: answered here.</summary>
    public NginxUpstream? ProxyTo { get; init; }

    /// <summary>Takes the place of the matched part of the path in what is passed on. Null: the path is passed on as it came.</summary>
    public string? ProxyPath { get; init; }

    /// <summary>
    /// Request headers that are set, added to <c>Host</c>, <c>X-Real-IP</c>, <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> or in their place.
    /// Variables such as <c>$scheme</c> may be used; an empty value removes the header.
    /// </summary>
    public Dictionary<string, string> ProxyHeaders { get; init; } = [];

    /// <summary>How long to wait for the upstream between two reads. Null: nginx's own, 60 s.</summary>
    public TimeSpan? ProxyTimeout { get; init; }

    /// <summary>Folder of the files. Null: that of the site.</summary>
    public string? Root { get; init; }

    /// <summary>Folder that takes the place of the matched part of the path. Null: paths are kept whole below the root.</summary>
    public string? Alias { get; init; }

    /// <summary>What to try, in order, the last of them for sure: <c>["$uri", "$uri/", "=404"]</c>, <c>["$uri", "@app"]</c>. Default: nginx's own.</summary>
    public IList<string> TryFiles { get; init; } = [];

    /// <summary>A fixed answer. Null: none.</summary>
    public NginxReturn? Return { get; init; }

    /// <summary>Response headers, added to those of the site, also on error pages.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Longest request body in bytes; 0: any length. Null: that of the site.</summary>
    public long? MaxBodyBytes { get; init; }

    /// <summary>Directives in nginx's own words, at the end of the location.</summary>
    public IList<string> Lines { get; init; } = [];

    internal string Opening => Match.Split(' ', 2) is [var modifier, var pattern] && Modifiers.Contains(modifier)
        ? $"location {modifier} {NginxText.Word(pattern)} {{"
        : $"location {NginxText.Word(Match)} {{";

    private bool TakesNoPath => Match.StartsWith('~') || Match.StartsWith('@');

    internal IEnumerable<string> Mistakes()
    {
        var where = $"location {NginxText.Shown(Match)}";
        if (!(Match.StartsWith('/') || Match.StartsWith('@') || (Match.Split(' ', 2) is [var modifier, { Length: > 0 }] && Modifiers.Contains(modifier))))
        {
            yield return $"{where} begins with none of / = ^~ ~ ~* @";
        }

        if (ProxyPath is not null && TakesNoPath)
        {
            yield return $"{where} has a ProxyPath, which nginx does not take for regular expressions and named locations: rewrite in Lines instead";
        }

        if (ProxyPath is not null && ProxyTo is null)
        {
            yield return $"{where} has a ProxyPath but no ProxyTo";
        }

        if (new object?[] { ProxyTo, Alias, Return }.Count(o => o is not null) > 1)
        {
            yield return $"{where} has more than one of ProxyTo, Alias and Return: nginx would take one and leave the others";
        }

        if (Root is not null && Alias is not null)
        {
            yield return $"{where} has a Root and an Alias: give one of them";
        }

        foreach (var name in Headers.Keys.Concat(ProxyHeaders.Keys).Where(n => !NginxText.IsHeaderName(n)))
        {
            yield return $"{where}: \"{NginxText.Shown(name)}\" is no name of a header";
        }

        var values = TryFiles.Concat(Headers.Values).Concat(ProxyHeaders.Values).Concat(new[] { Match, ProxyTo?.Url, ProxyPath, Root, Alias }.OfType<string>());
        foreach (var reason in values.Select(v => NginxText.WhyNot($"{where}:", v)).OfType<string>())
        {
            yield return reason;
        }
    }
}

/// <summary>A fixed answer.</summary>
/// <param name="Code">HTTP status; 444 closes the connection without an answer.</param>
/// <param name="Text">Body, or where to go for 301, 302, 303, 307 and 308. Null: nginx's own page.</param>
public sealed record NginxReturn(int Code, string? Text = null);
