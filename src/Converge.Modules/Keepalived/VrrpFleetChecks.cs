using System;
using System.Linq;
using System.Net;

namespace Converge.Modules;

/// <summary>Finds what is wrong with a cluster among its members and among the other clusters of the fleet.</summary>
internal static class VrrpFleetChecks
{
    public static void Report(VrrpMembers members, Expansion expansion)
    {
        Members(members, expansion);
        Priorities(members, expansion);
        Weights(members, expansion);
        foreach (var other in VrrpMembers.All(expansion.Fleet).TakeWhile(m => !ReferenceEquals(m.Cluster, members.Cluster)).Where(m => !m.Cluster.Mistakes().Any()))
        {
            Neighbours(members, other, expansion);
        }
    }

    private static void Members(VrrpMembers members, Expansion expansion)
    {
        var cluster = members.Cluster;
        if (members.Hosts.Count < 2)
        {
            expansion.Report($"{cluster} has one member, {members.Hosts[0]}: add it to a group of at least two hosts, or nobody can take over");
        }

        foreach (var host in members.Hosts.Where(h => !IPAddress.TryParse(h.Address, out _)))
        {
            expansion.Report($"{cluster}: member {host} has the address \"{host.Address}\", but members of a cluster need an IP address", host.DeclaredAt);
        }

        foreach (var host in members.Hosts.Where(h => IPAddress.TryParse(h.Address, out _) && h.Address.Contains(':') != cluster.Vip.Address.Contains(':')))
        {
            expansion.Report($"{cluster}: member {host} has the address {host.Address}, which is of another family than {cluster.Vip}", host.DeclaredAt);
        }

        foreach (var host in expansion.Fleet.Hosts.Where(h => cluster.Addresses.Any(a => a.Address == h.Address)))
        {
            expansion.Report($"{cluster}: {host.Address} is the own address of {host}; a shared address belongs to nobody", host.DeclaredAt);
        }
    }

    private static void Priorities(VrrpMembers members, Expansion expansion)
    {
        var cluster = members.Cluster;
        foreach (var host in cluster.Priorities.Keys.Except(members.Hosts))
        {
            expansion.Report($"{cluster} gives {host} a priority, but {host} is no member; members are {string.Join(", ", members.Hosts)}", host.DeclaredAt);
        }

        foreach (var twins in members.Hosts.GroupBy(members.PriorityOf).Where(g => g.Count() > 1))
        {
            expansion.Report($"{cluster}: {string.Join(" and ", twins)} have one priority, {twins.Key}: both would hold the address", twins.Select(h => h.DeclaredAt));
        }
    }

    // A weight moves the address only when it outweighs the distance between the first two members.
    private static void Weights(VrrpMembers members, Expansion expansion)
    {
        var priorities = members.Hosts.Select(members.PriorityOf).OrderDescending().ToList();
        if (priorities.Count < 2)
        {
            return;
        }

        var distance = priorities[0] - priorities[1];
        foreach (var script in members.Cluster.Track.Where(s => s.Weight != 0 && Math.Abs(s.Weight) <= distance && distance > 0))
        {
            expansion.Report($"{members.Cluster}: script {script.Name} has weight {script.Weight}, but the first two members' priorities differ by {distance}: its failure would not move the address");
        }
    }

    private static void Neighbours(VrrpMembers members, VrrpMembers other, Expansion expansion)
    {
        var (cluster, first) = (members.Cluster, other.Cluster);
        if (cluster.Addresses.Select(a => a.Address).Intersect(first.Addresses.Select(a => a.Address)).FirstOrDefault() is { } address)
        {
            expansion.Report($"{cluster} and {first} share one address, {address}", other.At);
        }

        if (cluster.EffectiveRouterId == first.EffectiveRouterId && OnOneNetwork(members, other))
        {
            var how = cluster.RouterId is null && first.RouterId is null ? " (derived from their names)" : "";
            expansion.Report($"{cluster} and {first} have one virtual router id, {cluster.EffectiveRouterId}{how}, on one network: give one of them another RouterId", other.At);
        }

        if (!members.Hosts.Intersect(other.Hosts).Any())
        {
            return;
        }

        if (cluster.Name == first.Name)
        {
            expansion.Report($"two clusters of one host are called {cluster.Name}", other.At);
        }

        if (cluster.ScriptUser != first.ScriptUser)
        {
            expansion.Report($"{cluster} runs scripts as {cluster.ScriptUser} and {first} as {first.ScriptUser}, but they share hosts, and a host has one such user: set VrrpScript.User instead", other.At);
        }

        foreach (var script in cluster.Track.Where(s => first.Track.Any(t => t.Name == s.Name && t != s)))
        {
            expansion.Report($"{cluster} and {first} have different scripts called {script.Name}", other.At);
        }
    }

    // An address without a network (/32) may be anywhere: then the ids must differ as well.
    private static bool OnOneNetwork(VrrpMembers one, VrrpMembers other) =>
        one.Hosts.Intersect(other.Hosts).Any() || IsAlone(one) || IsAlone(other)
        || one.Cluster.Vip.IsNear(other.Cluster.Vip.Address) || other.Cluster.Vip.IsNear(one.Cluster.Vip.Address);

    private static bool IsAlone(VrrpMembers members) => members.Cluster.Vip.PrefixLength is 32 or 128;
}
