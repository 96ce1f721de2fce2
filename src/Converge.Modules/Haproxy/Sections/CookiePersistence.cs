using System;

namespace Converge.Modules;

/// <summary>Keeps a client with its server through a cookie (HAProxy configuration manual, <c>cookie</c>).</summary>
/// <param name="Name">The cookie's name.</param>
public sealed record CookiePersistence(string Name)
{
    /// <summary>Who makes the cookie. Default: HAProxy.</summary>
    public CookieMode Mode { get; init; } = CookieMode.Insert;

    /// <summary>Servers do not see the cookie. Default: yes.</summary>
    public bool Indirect { get; init; } = true;

    /// <summary>Caches on the way do not keep the answer that sets it. Default: yes.</summary>
    public bool NoCache { get; init; } = true;

    /// <summary>Scripts in the page do not see the cookie. Default: yes.</summary>
    public bool HttpOnly { get; init; } = true;

    /// <summary>Only sent over TLS.</summary>
    public bool Secure { get; init; }

    /// <summary>A server may set it itself.</summary>
    public bool Preserve { get; init; }

    /// <summary>Forgotten when the client was not seen for so long.</summary>
    public TimeSpan? MaxIdle { get; init; }

    /// <summary>Forgotten after so long.</summary>
    public TimeSpan? MaxLife { get; init; }

    /// <summary>Sent to every host of this domain.</summary>
    public string? Domain { get; init; }

    internal string Line => $"cookie {HaproxyText.Word(Name)} {Mode switch { CookieMode.Insert => "insert", CookieMode.Rewrite => "rewrite", _ => "prefix" }}"
        + (Mode == CookieMode.Insert && Indirect ? " indirect" : "") + (NoCache ? " nocache" : "") + (Preserve && Mode == CookieMode.Insert ? " preserve" : "")
        + (HttpOnly && Mode != CookieMode.Prefix ? " httponly" : "") + (Secure ? " secure" : "")
        + (MaxIdle is { } idle ? $" maxidle {HaproxyText.Time(idle)}" : "") + (MaxLife is { } life ? $" maxlife {HaproxyText.Time(life)}" : "")
        + (Domain is null ? "" : $" domain {HaproxyText.Word(Domain)}");
}

/// <summary>Who makes a persistence cookie.</summary>
public enum CookieMode
{
    /// <summary>HAProxy adds it.</summary>
    Insert,

    /// <summary>HAProxy changes the server's.</summary>
    Rewrite,

    /// <summary>HAProxy puts the server's name before the value of the application's own cookie.</summary>
    Prefix,
}
