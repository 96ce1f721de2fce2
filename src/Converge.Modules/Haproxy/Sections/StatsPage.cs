using System;
using System.Collections.Generic;
using static Converge.Modules.HaproxyText;

namespace Converge.Modules;

/// <summary>The statistics page of a frontend or listen section in mode http.</summary>
/// <param name="Uri">Path under which it is shown.</param>
/// <example>
/// <code>
/// var stats = new Listen("stats")
/// {
///     Bind = { Bind.Own(8404) },
///     Stats = new("/") { Refresh = TimeSpan.FromSeconds(10), Users = { ["admin"] = Secret.FromEnvironment("STATS_PASSWORD") } },
/// };
/// </code>
/// </example>
public sealed record StatsPage(string Uri)
{
    /// <summary>The page reloads itself. Null: not.</summary>
    public TimeSpan? Refresh { get; init; }

    /// <summary>Who may see it, with passwords. Empty: everybody.</summary>
    public IDictionary<string, Secret> Users { get; init; } = new SortedDictionary<string, Secret>(StringComparer.Ordinal);

    /// <summary>What the password question shows.</summary>
    public string? Realm { get; init; }

    /// <summary>Who may change servers' states on the page. Null: nobody.</summary>
    public HaproxyCondition? AdminIf { get; init; }

    /// <summary>The page says which version of HAProxy runs. Default: no.</summary>
    public bool ShowVersion { get; init; }

    /// <summary>Addresses of servers and cookies are shown.</summary>
    public bool ShowLegends { get; init; }

    internal void WriteTo(SectionLines section)
    {
        section.Add("stats enable");
        section.Add($"stats uri {Word(Uri)}");
        section.AddIf("stats refresh", Refresh);
        section.AddIf("stats realm", Realm is null ? null : Word(Realm));
        section.AddIf(!ShowVersion, "stats hide-version");
        section.AddIf(ShowLegends, "stats show-legends");
        foreach (var (user, password) in Users)
        {
            section.Add("stats", Content.Text($"auth {SecretWord($"{user}:", password)}"));
        }

        section.AddIf("stats admin if", AdminIf?.ToString());
    }
}
