using System;

namespace Converge.Lab;

/// <summary>What the hosts of one lab have in common on this machine.</summary>
internal sealed record MachinePlace(LabPaths Paths, LabSwitch Switch, string CgroupMount, TimeProvider Time)
{
    public Cgroup LabCgroup => Cgroup.OfLab(CgroupMount, Paths.Lab);
}
