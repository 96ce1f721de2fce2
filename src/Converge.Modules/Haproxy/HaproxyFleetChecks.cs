using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Finds what is wrong with a configuration of HAProxy on the hosts that have it.</summary>
internal static class HaproxyFleetChecks
{
    public static IEnumerable<string> Of(Haproxy haproxy, Expansion expansion) =>
        ForeignBinds(haproxy, expansion)
            .Concat(expansion.Hosts.SelectMany(host => OnHost(haproxy, host, expansion.Hosts)))
            .Distinct();

    private static IEnumerable<string> ForeignBinds(Haproxy haproxy, Expansion expansion)
    {
        foreach (var (section, bind) in haproxy.Accepting.SelectMany(s => s.Bind.Select(b => (s, b))))
        {
            var header = ProxyLines.Header(section);
            if (bind.Endpoint is { } endpoint && !expansion.Hosts.Contains(endpoint.Host))
            {
                yield return $"{header} binds to {endpoint}, but HAProxy is on {string.Join(", ", expansion.Hosts)}";
            }

            if (bind.Shared is not { On.Holder: { } holder } shared)
            {
                continue;
            }

            var members = shared.On.HostsIn(expansion.Fleet);
            if (members.Count == 0)
            {
                yield return $"{header} binds to {shared}, but {holder} was not added to any host";
            }
            else if (expansion.Hosts.Except(members).ToList() is { Count: > 0 } strangers)
            {
                yield return $"{header} binds to {shared} on {string.Join(", ", strangers)}, but that address is shared by {string.Join(", ", members)}";
            }
        }
    }

    private static IEnumerable<string> OnHost(Haproxy haproxy, Host host, IReadOnlyList<Host> members)
    {
        foreach (var section in haproxy.Accepting.Where(s => s.Bind.Count > 0 && s.Bind.All(b => b.On(host) is null)))
        {
            yield return $"{ProxyLines.Header(section)} binds to nothing on {host}";
        }

        var binds = haproxy.Accepting.SelectMany(s => s.Bind.Select(b => (Section: s, Address: b.On(host)))).Where(b => b.Address is not null).ToList();
        for (var i = 0; i < binds.Count; i++)
        {
            foreach (var twin in binds.Skip(i + 1).Where(other => binds[i].Address!.Clashes(other.Address!)))
            {
                yield return $"{ProxyLines.Header(binds[i].Section)} and {ProxyLines.Header(twin.Section)} both bind to port {twin.Address!.Port}"
                    + $" ({binds[i].Address!.Text} and {twin.Address.Text})";
            }
        }

        foreach (var bad in binds.Where(b => b.Address!.Port is < 1 or > 65535))
        {
            yield return $"{ProxyLines.Header(bad.Section)} binds to port {bad.Address!.Port}, not one of 1 to 65535";
        }

        foreach (var mistake in HaproxyConfiguration.Mistakes(haproxy, host, members))
        {
            yield return mistake;
        }
    }
}
