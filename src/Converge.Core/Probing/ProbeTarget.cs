using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Converge.Probing;

/// <summary>What a prober asks, and how often.</summary>
/// <param name="Url">http or https; its host is the Host header, whatever <see cref="Address"/> says.</param>
public sealed record ProbeTarget(Uri Url)
{
    /// <summary>Connect here instead of looking the host of the URL up. Null: looked up.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Requests per second, 1 to 1000. Default: 200.</summary>
    public int Rate { get; init; } = 200;

    /// <summary>A request without a whole answer by then has failed. Default: 2 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Statuses that are a good answer. Empty: all below 400.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [];

    internal bool Accepts(int status) => Statuses.Count > 0 ? Statuses.Contains(status) : status < 400;

    /// <summary>Reads an http or https URL.</summary>
    /// <exception cref="ConvergeException">It is none.</exception>
    public static ProbeTarget Parse(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" && parsed.Host.Length > 0
            ? new ProbeTarget(parsed)
            : throw new ConvergeException($"\"{url}\" is no URL that can be probed", "Write it whole, for example: http://www.example.com/");
}
