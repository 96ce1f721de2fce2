using System;
using System.Collections.Generic;

namespace Converge.Modules.Tests;

/// <summary>Clusters that are rendered, compared, and given to the real keepalived.</summary>
internal static class VrrpExamples
{
    public static IReadOnlyDictionary<string, HostFacts> Facts { get; } = new Dictionary<string, HostFacts>
    {
        ["lb1"] = new() { Interfaces = [new("lo", ["127.0.0.1/8"]), new("eth0", ["10.77.0.11/24"])] },
        ["lb2"] = new() { Interfaces = [new("ens3", ["10.77.0.12/24"])] },
    };

    public static Site Small()
    {
        var site = new Site();
        site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24") { Interval = TimeSpan.FromSeconds(0.2), Track = { VrrpScript.ProcessRuns("haproxy") } });
        return site;
    }

    /// <summary>Every property at least once.</summary>
    public static Site Everything()
    {
        var site = new Site();
        site.Lbs.Add(new VrrpCluster("www", vip: "10.77.0.100/24")
        {
            FurtherAddresses = { "10.77.0.101/24", "10.77.0.102" },
            RouterId = 51,
            Interval = TimeSpan.FromSeconds(0.2),
            PreemptDelay = TimeSpan.FromSeconds(2.5),
            Track = { VrrpScript.ProcessRuns("haproxy"), new("disk", "/usr/bin/test", "-w", "/") { Weight = -20, IntervalSeconds = 5, TimeoutSeconds = 2, Rise = 1, Fall = 3, InitiallyFailed = true } },
            TrackInterfaces = { "eth1" },
            Announcements = new() { MasterRepeat = 3, MasterDelaySeconds = 2, MasterRefreshSeconds = 60, MasterRefreshRepeat = 2, LowerPriorityRepeat = 1, LowerPriorityDelaySeconds = 1 },
            Notifications = new() { Master = "/usr/bin/logger master", Backup = "/usr/bin/logger backup", Fault = "/usr/bin/logger fault", Stop = "/usr/bin/logger stop", Any = "/usr/bin/logger any" },
            GlobalLines = { "vrrp_garp_interval 0.001" },
            Lines = { "promote_secondaries" },
        });
        site.Lbs.Add(new VrrpCluster("db", vip: "10.77.0.200/24")
        {
            Priorities = { [site.Lb1] = 100, [site.Lb2] = 120 },
            Interface = "eth0",
            Interval = TimeSpan.FromSeconds(2),
            Multicast = true,
            Preempt = false,
            Password = Secret.FromValue("VRRP", "pa55w0rd"),
            Track = { VrrpScript.ProcessRuns("haproxy") },
        });
        return site;
    }
}
