using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>What can be wrong with a site without asking nginx.</summary>
internal static partial class NginxMistakes
{
    public static IEnumerable<string> Of(NginxSite site)
    {
        if (!FileName().IsMatch(site.SiteName))
        {
            yield return $"\"{NginxText.Shown(site.SiteName)}\" is no name for a site: letters, digits, dots, dashes and underscores, a letter or digit first";
        }

        foreach (var name in site.ServerNames.Where(n => !NginxText.IsServerName(n)))
        {
            yield return $"\"{NginxText.Shown(name)}\" is no server name";
        }

        if (site.Listen.Count == 0)
        {
            yield return "it listens nowhere: give Listen at least one port";
        }

        foreach (var listen in site.Listen.Where(l => l.Port is < 1 or > 65535))
        {
            yield return $"port {listen.Port} is not between 1 and 65535";
        }

        foreach (var listen in site.Listen.Where(l => l.Address is { } address && !IsAddress(address)))
        {
            yield return $"\"{NginxText.Shown(listen.Address!)}\" is no address to listen on; IPv6 goes in brackets";
        }

        if (site.Listen.Any(l => l.Tls) && site.Tls is null)
        {
            yield return "it listens for TLS but has no certificate: give Tls";
        }

        foreach (var name in site.Headers.Keys.Where(n => !NginxText.IsHeaderName(n)))
        {
            yield return $"\"{NginxText.Shown(name)}\" is no name of a header";
        }

        foreach (var proxy in site.TrustedProxies.Where(p => p.Network is { } network && !IPNetwork.TryParse(network, out _) && !IPAddress.TryParse(network, out _)))
        {
            yield return $"trusted proxy \"{NginxText.Shown(proxy.Network!)}\" is no IP address or network";
        }

        var values = site.Headers.Values.Concat(site.Index).Concat(new[] { site.Root, site.Tls?.Certificate, site.Tls?.Key }.OfType<string>());
        foreach (var mistake in values.Select(v => NginxText.WhyNot("the value", v)).OfType<string>().Concat(site.Locations.SelectMany(l => l.Mistakes())))
        {
            yield return mistake;
        }

        foreach (var twins in site.Locations.GroupBy(l => l.Match, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return $"location {NginxText.Shown(twins.Key)} is there {twins.Count()} times";
        }
    }

    /// <summary>Two sites that want to answer for one name; nginx itself would only warn, and leave one of them unheard.</summary>
    public static void Among(NginxSite site, Expansion expansion)
    {
        foreach (var listen in site.Listen.Where(l => l.Host is not null && expansion.Hosts.Any(h => h != l.Host)))
        {
            expansion.Report($"site {site.SiteName} listens on {listen.Host}:{listen.Port}, but is on {string.Join(", ", expansion.Hosts.Where(h => h != listen.Host))}");
        }

        var earlier = expansion.Fleet.Declarations.TakeWhile(d => !ReferenceEquals(d.Resource, site)).Where(d => d.Resource is NginxSite);
        foreach (var declaration in earlier.Where(d => d.Hosts.Intersect(expansion.Hosts).Any()))
        {
            var other = (NginxSite)declaration.Resource;
            var host = declaration.Hosts.Intersect(expansion.Hosts).First();
            foreach (var (mine, theirs) in site.Listen.SelectMany(_ => other.Listen, (mine, theirs) => (mine, theirs)).Where(p => p.mine.Value == p.theirs.Value))
            {
                foreach (var name in Names(site).Intersect(Names(other), StringComparer.OrdinalIgnoreCase))
                {
                    expansion.Report($"sites {other.SiteName} and {site.SiteName} of {host} both answer for {(name.Length == 0 ? "requests without a known name" : name)} on port {mine.Port}", declaration.At);
                }

                if (mine.Default && theirs.Default)
                {
                    expansion.Report($"sites {other.SiteName} and {site.SiteName} of {host} are both the default on port {mine.Port}", declaration.At);
                }
            }
        }
    }

    private static IList<string> Names(NginxSite site) => site.ServerNames.Count == 0 ? [""] : site.ServerNames;

    private static bool IsAddress(string text) => text.StartsWith('[')
        ? text.EndsWith(']') && IPAddress.TryParse(text[1..^1], out _)
        : text == "*" || (IPAddress.TryParse(text, out var address) && address.ToString() == text && !text.Contains(':'));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex FileName();
}
