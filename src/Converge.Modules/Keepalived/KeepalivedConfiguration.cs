using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Converge.Modules;

/// <summary>Renders keepalived.conf(5) of one host.</summary>
internal static class KeepalivedConfiguration
{
    public static Content Of(Host host, IReadOnlyList<VrrpMembers> clusters)
    {
        var scripts = clusters.SelectMany(c => c.Cluster.Track).DistinctBy(s => s.Name, StringComparer.Ordinal);
        var blocks = new List<Content> { Content.Text("# Managed by Converge: changes made here are overwritten.\n"), Global(host, clusters) };
        blocks.AddRange(scripts.Select(Script));
        blocks.AddRange(clusters.Select(c => Instance(host, c)));
        return Content.Concat(blocks);
    }

    private static Content Global(Host host, IReadOnlyList<VrrpMembers> clusters) => Block(
        "global_defs",
        [
            $"router_id {host.Name}",
            $"script_user {clusters[0].Cluster.ScriptUser}",
            "enable_script_security",
            .. clusters.SelectMany(c => c.Cluster.GlobalLines).Distinct(),
        ]);

    private static Content Script(VrrpScript script) => Block(
        $"vrrp_script {script.Name}",
        [
            $"script \"{script.Command}\"",
            $"interval {script.IntervalSeconds}",
            $"timeout {script.TimeoutSeconds ?? script.IntervalSeconds}",
            $"rise {script.Rise}",
            $"fall {script.Fall}",
            .. If(script.Weight != 0, $"weight {script.Weight}"),
            .. If(script.InitiallyFailed, "init_fail"),
            .. If(script.User is not null, $"user {script.User}"),
        ]);

    private static Content Instance(Host host, VrrpMembers members)
    {
        var cluster = members.Cluster;
        Content face = cluster.Interface is null ? Content.FromFact(Fact.InterfaceOf(host.Address)) : cluster.Interface;
        return Block(
            $"vrrp_instance {cluster.Name}",
            [
                "state BACKUP",
                Content.Text($"interface {face}"),
                $"virtual_router_id {cluster.EffectiveRouterId}",
                $"priority {members.PriorityOf(host)}",
                $"version {cluster.EffectiveVersion}",
                $"advert_int {Seconds(cluster.Interval)}",
                .. If(!cluster.Preempt, "nopreempt"),
                .. If(cluster.PreemptDelay is not null, $"preempt_delay {Seconds(cluster.PreemptDelay ?? TimeSpan.Zero)}"),
                .. Unicast(host, members),
                .. cluster.Password is null ? [] : Inner("authentication", ["auth_type PASS", Content.Text($"auth_pass {cluster.Password}")]),
                .. Inner("virtual_ipaddress", cluster.Addresses.Select(a => (Content)a.ToString())),
                .. Inner("track_script", cluster.Track.Select(s => (Content)s.Name)),
                .. Inner("track_interface", cluster.TrackInterfaces.Select(i => (Content)i)),
                .. Announcements(cluster.Announcements),
                .. Notifications(cluster.Notifications),
                .. cluster.Lines.Select(l => (Content)l),
            ]);
    }

    private static IEnumerable<Content> Unicast(Host host, VrrpMembers members) => members.Cluster.Multicast
        ? []
        : ["check_unicast_src", $"unicast_src_ip {host.Address}", .. Inner("unicast_peer", members.PeersOf(host).Select(p => (Content)p.Address))];

    private static IEnumerable<Content> Announcements(VrrpAnnouncements? told) => told is null
        ? []
        :
        [
            .. If(told.MasterRepeat is not null, $"garp_master_repeat {told.MasterRepeat}"),
            .. If(told.MasterDelaySeconds is not null, $"garp_master_delay {told.MasterDelaySeconds}"),
            .. If(told.MasterRefreshSeconds is not null, $"garp_master_refresh {told.MasterRefreshSeconds}"),
            .. If(told.MasterRefreshRepeat is not null, $"garp_master_refresh_repeat {told.MasterRefreshRepeat}"),
            .. If(told.LowerPriorityRepeat is not null, $"garp_lower_prio_repeat {told.LowerPriorityRepeat}"),
            .. If(told.LowerPriorityDelaySeconds is not null, $"garp_lower_prio_delay {told.LowerPriorityDelaySeconds}"),
        ];

    private static IEnumerable<Content> Notifications(VrrpNotifications? run) => run is null
        ? []
        :
        [
            .. If(run.Master is not null, $"notify_master \"{run.Master}\""),
            .. If(run.Backup is not null, $"notify_backup \"{run.Backup}\""),
            .. If(run.Fault is not null, $"notify_fault \"{run.Fault}\""),
            .. If(run.Stop is not null, $"notify_stop \"{run.Stop}\""),
            .. If(run.Any is not null, $"notify \"{run.Any}\""),
        ];

    private static Content Block(string header, IEnumerable<Content> lines) =>
        Content.Concat([Content.Text($"\n{header} {{\n"), .. lines.Select(l => Content.Text($"    {l}\n")), Content.Text("}\n")]);

    private static IEnumerable<Content> Inner(string header, IEnumerable<Content> lines)
    {
        var inside = lines.Select(l => Content.Text($"    {l}")).ToList();
        return inside.Count == 0 ? [] : [Content.Text($"{header} {{"), .. inside, Content.Text("}")];
    }

    private static IEnumerable<Content> If(bool wanted, string line) => wanted ? [line] : [];

    private static string Seconds(TimeSpan time) => ((decimal)time.Ticks / TimeSpan.TicksPerSecond).ToString("0.######", CultureInfo.InvariantCulture);
}
