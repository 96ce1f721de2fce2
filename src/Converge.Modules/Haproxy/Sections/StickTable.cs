using System;
using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>A table in which HAProxy remembers clients (HAProxy configuration manual, <c>stick-table</c>).</summary>
/// <param name="Type">What it is looked up by: <c>ip</c>, <c>ipv6</c>, <c>integer</c>, <c>string len 32</c>, <c>binary len 16</c>.</param>
/// <param name="Size">Entries, at most.</param>
/// <example>
/// <code>
/// var clients = new Backend("clients")
/// {
///     StickTable = new("ip", 100_000) { Expire = TimeSpan.FromMinutes(5), Store = { "http_req_rate(10s)" } },
/// };
/// </code>
/// </example>
public sealed record StickTable(string Type, int Size)
{
    /// <summary>An entry goes when it was not used for so long. Null: never.</summary>
    public TimeSpan? Expire { get; init; }

    /// <summary>What is counted: <c>conn_cur</c>, <c>http_req_rate(10s)</c>.</summary>
    public IList<string> Store { get; init; } = [];

    /// <summary>The <see cref="Haproxy.Peers"/> section with which the table is shared.</summary>
    public string? Peers { get; init; }

    /// <summary>A full table refuses new entries instead of forgetting old ones.</summary>
    public bool NoPurge { get; init; }

    internal string Line => $"stick-table type {Type} size {Size}{(Expire is { } time ? $" expire {HaproxyText.Time(time)}" : "")}"
        + (NoPurge ? " nopurge" : "") + (Peers is null ? "" : $" peers {Peers}") + (Store.Count == 0 ? "" : $" store {string.Join(',', Store)}");
}
