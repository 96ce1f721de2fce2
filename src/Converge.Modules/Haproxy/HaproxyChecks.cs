using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Finds what is wrong with a configuration of HAProxy, seen by itself.</summary>
internal static class HaproxyChecks
{
    public static IEnumerable<string> Of(Haproxy haproxy) =>
    [
        .. Names(haproxy),
        .. Defaults(haproxy),
        .. haproxy.Accepting.SelectMany(section => Accepting(section, haproxy)),
        .. haproxy.Serving.SelectMany(section => Serving(section, haproxy.Defaults)),
        .. haproxy.Proxies.SelectMany(HaproxyConditionChecks.Of),
        .. StickTables(haproxy),
    ];

    /// <summary>The backends that a section sends traffic to.</summary>
    public static IEnumerable<BackendReference> Choices(IAcceptingSection section) =>
        section.Rules.Select(r => r.Chooses).Append(section.DefaultBackend).OfType<BackendReference>();

    private static IEnumerable<string> Names(Haproxy haproxy)
    {
        foreach (var section in haproxy.Proxies.Where(s => !HaproxyText.IsName(s.Name)))
        {
            yield return $"\"{Printable(section.Name)}\" is no name for a section: letters, digits and _ . : - only";
        }

        // Frontends and backends have separate names; a listen section is both.
        foreach (var twin in Twins([.. haproxy.Frontends, .. haproxy.Listens]).Concat(Twins([.. haproxy.AllBackends, .. haproxy.Listens])).Distinct())
        {
            yield return twin;
        }

        foreach (var name in Repeated(haproxy.Userlists.Select(u => $"userlist {u.Name}")
            .Concat(haproxy.Resolvers.Select(r => $"resolvers {r.Name}"))
            .Concat(haproxy.Peers.Select(p => $"peers {p.Name}"))
            .Concat(haproxy.Sections.Select(s => s.Header))))
        {
            yield return $"{Printable(name)} is described twice";
        }
    }

    private static IEnumerable<string> Twins(IReadOnlyList<IProxySection> sections) => sections
        .GroupBy(s => s.Name, StringComparer.Ordinal)
        .Where(g => g.Count() > 1)
        .Select(g => $"{string.Join(" and ", g.Select(ProxyLines.Header))} have one name");

    private static IEnumerable<string> Defaults(Haproxy haproxy)
    {
        if (haproxy.Defaults.Name is { } name)
        {
            yield return $"the defaults of all sections have no name, these are called {Printable(name)}; give them to the sections that shall have them (From)";
        }

        foreach (var section in haproxy.Proxies.Where(s => s.From is { Name: null }))
        {
            yield return $"{ProxyLines.Header(section)}: the defaults that it refers to have no name";
        }

        foreach (var twins in haproxy.Proxies.Select(s => s.From).OfType<HaproxyDefaults>().Distinct().GroupBy(d => d.Name).Where(g => g.Count() > 1))
        {
            yield return $"two different defaults are called {twins.Key}";
        }
    }

    private static IEnumerable<string> Accepting(IAcceptingSection section, Haproxy haproxy)
    {
        var header = ProxyLines.Header(section);
        if (section.Bind.Count == 0)
        {
            yield return $"{header} binds to nothing: give it a port, for example Bind = {{ 80 }}";
        }

        foreach (var bind in section.Bind.Where(b => b.Tls is { Certificates.Count: 0, CertificateList: null }))
        {
            yield return $"{header}: a bind with TLS has no certificate";
        }

        var mode = ProxyLines.ModeOf(section, haproxy.Defaults);
        foreach (var choice in Choices(section).DistinctBy(c => c.Name).Where(c => !c.Name.StartsWith("%[", StringComparison.Ordinal)))
        {
            var backend = haproxy.Serving.FirstOrDefault(b => b.Name == choice.Name);
            if (backend is null)
            {
                yield return $"{header} sends to backend \"{Printable(choice.Name)}\", which is not described{Hint(choice.Name, haproxy.Serving.Select(b => b.Name))}";
            }
            else if (ProxyLines.ModeOf(backend, haproxy.Defaults) != mode)
            {
                yield return $"{header} is in mode {ProxyLines.Word(mode)} and {ProxyLines.Header(backend)} in mode {ProxyLines.Word(ProxyLines.ModeOf(backend, haproxy.Defaults))}: traffic cannot go from one to the other";
            }
        }

        if (section is Frontend { Timeouts: { } timeouts } && (timeouts.Connect ?? timeouts.Server ?? timeouts.Queue ?? timeouts.Tunnel ?? timeouts.Check ?? timeouts.ServerFin) is not null)
        {
            yield return $"{header}: connect, server, queue, tunnel and check timeouts belong to the backend";
        }

        if (mode == ProxyMode.Tcp && section.Stats is not null)
        {
            yield return $"{header}: a statistics page needs mode http";
        }
    }

    private static IEnumerable<string> Serving(IServingSection section, HaproxyDefaults defaults)
    {
        var header = ProxyLines.Header(section);
        foreach (var name in Repeated(section.Servers.Select(s => s.Name ?? "")).Where(n => n.Length > 0))
        {
            yield return $"{header} has two servers called {Printable(name)}: name them, new(\"{Printable(name)}-2\", …)";
        }

        foreach (var server in section.Servers)
        {
            if (server.Name is null || server.Address is null)
            {
                yield return $"{header}: a server has no address; options alone belong to DefaultServer";
            }
            else if (!HaproxyText.IsName(server.Name) || server.Address.Any(char.IsWhiteSpace) || server.Address.Length == 0)
            {
                yield return $"{header}: \"{Printable(server.Name)}\" at \"{Printable(server.Address)}\" is no server: name and address are one word each";
            }
            else if (server.Weight is < 0 or > 256)
            {
                yield return $"{header}: server {server.Name} has weight {server.Weight}, not one of 0 to 256";
            }
        }

        if (section.DefaultServer is { Name: not null } named)
        {
            yield return $"{header}: DefaultServer is options alone, without a server ({Printable(named.Name)})";
        }

        var http = ProxyLines.ModeOf(section, defaults) == ProxyMode.Http;
        if (!http && section is { Balance.NeedsHttp: true })
        {
            yield return $"{header}: balance {section.Balance.Text} needs mode http";
        }

        if (!http && section.Cookie is not null)
        {
            yield return $"{header}: a cookie needs mode http";
        }

        if (section is Backend { Timeouts: { } timeouts } && (timeouts.Client ?? timeouts.ClientFin) is not null)
        {
            yield return $"{header}: client timeouts belong to the frontend";
        }
    }

    private static IEnumerable<string> StickTables(Haproxy haproxy) => haproxy.Proxies
        .Where(s => s.StickTable?.Peers is { } peers && haproxy.Peers.All(p => p.Name != peers))
        .Select(s => $"{ProxyLines.Header(s)}: its stick table is shared with peers \"{Printable(s.StickTable!.Peers!)}\", which are not described{Hint(s.StickTable.Peers!, haproxy.Peers.Select(p => p.Name))}");

    private static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);

    internal static string Hint(string typed, IEnumerable<string> known) => Spelling.Suggest(typed, known) is { } hint ? $"; {hint}" : "";

    internal static string Printable(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);
}
