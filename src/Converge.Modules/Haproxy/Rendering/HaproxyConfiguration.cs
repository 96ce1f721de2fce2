using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Renders haproxy.cfg.</summary>
internal static class HaproxyConfiguration
{
    public static Content Of(Haproxy haproxy, Host host, IReadOnlyList<Host> members)
    {
        var sections = Sections(haproxy, host, members).Select(s =>
        {
            s.Lines.Place(s.Raw);
            return Content.Text($"\n{s.Lines.ToContent()}");
        });
        return Content.Concat([Content.Text("# Managed by Converge: changes made here are overwritten.\n"), .. sections]);
    }

    /// <summary>What is wrong with the lines of any section.</summary>
    public static IEnumerable<string> Mistakes(Haproxy haproxy, Host host, IReadOnlyList<Host> members) =>
        Sections(haproxy, host, members).SelectMany(s => (IEnumerable<string>)[.. s.Lines.Place(s.Raw), .. s.Lines.BrokenLines()]);

    // An unnamed defaults section holds for all that follow it, so the named ones come before it.
    private static IEnumerable<(SectionLines Lines, IEnumerable<RawLine> Raw)> Sections(Haproxy haproxy, Host host, IReadOnlyList<Host> members) =>
    [
        (haproxy.Global.ToLines(haproxy.Peers.Count > 0 ? host.Name : null), haproxy.Global.Lines),
        .. haproxy.Sections.Select(s => (s.ToLines(), (IEnumerable<RawLine>)s.Lines)),
        .. haproxy.Resolvers.Select(r => (r.ToLines(), (IEnumerable<RawLine>)r.Lines)),
        .. haproxy.Peers.Select(p => (p.ToLines(members), (IEnumerable<RawLine>)[])),
        .. haproxy.Userlists.Select(u => (u.ToLines(), (IEnumerable<RawLine>)[])),
        .. NamedDefaults(haproxy).Select(d => (d.ToLines(), (IEnumerable<RawLine>)d.Lines)),
        (haproxy.Defaults.ToLines(), haproxy.Defaults.Lines),
        .. haproxy.Proxies.Select(p => (ProxyLines.Of(p, haproxy.Defaults, host), (IEnumerable<RawLine>)p.Lines)),
    ];

    private static IEnumerable<HaproxyDefaults> NamedDefaults(Haproxy haproxy) =>
        haproxy.Proxies.Select(p => p.From).OfType<HaproxyDefaults>().DistinctBy(d => d.Name, StringComparer.Ordinal);
}
