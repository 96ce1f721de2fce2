namespace Converge.Modules;

/// <summary>How a host that gets the address tells the network (gratuitous ARP, or neighbour advertisements). Null: keepalived's default.</summary>
public sealed record VrrpAnnouncements
{
    /// <summary>Messages when it becomes master. Default: 5.</summary>
    public int? MasterRepeat { get; init; }

    /// <summary>Seconds until the second set of messages. Default: 5.</summary>
    public int? MasterDelaySeconds { get; init; }

    /// <summary>Seconds between reminders while it is master. Default: 0, none.</summary>
    public int? MasterRefreshSeconds { get; init; }

    /// <summary>Messages of each reminder. Default: 1.</summary>
    public int? MasterRefreshRepeat { get; init; }

    /// <summary>Messages after a host of lower priority claimed the address.</summary>
    public int? LowerPriorityRepeat { get; init; }

    /// <summary>Seconds until the second set of those.</summary>
    public int? LowerPriorityDelaySeconds { get; init; }
}
