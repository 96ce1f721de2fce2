namespace Converge;

/// <summary>What a change does to what is running, from harmless to grave.</summary>
public enum Impact
{
    /// <summary>Nothing that runs notices.</summary>
    None,

    /// <summary>Takes effect at once, without a reload.</summary>
    Runtime,

    /// <summary>A service re-reads its configuration; connections survive.</summary>
    Reload,

    /// <summary>A service stops and starts.</summary>
    Restart,

    /// <summary>A shared address moves to another host.</summary>
    Failover,

    /// <summary>Stored data changes; cannot be undone.</summary>
    Data,
}
