namespace Converge.Modules;

/// <summary>Programs that keepalived runs when a host changes its state; program and arguments separated by blanks. Null: none.</summary>
public sealed record VrrpNotifications
{
    /// <summary>The host now holds the address.</summary>
    public string? Master { get; init; }

    /// <summary>The host now stands by.</summary>
    public string? Backup { get; init; }

    /// <summary>The host may not hold the address.</summary>
    public string? Fault { get; init; }

    /// <summary>keepalived stops.</summary>
    public string? Stop { get; init; }

    /// <summary>Any of these; gets kind, name, state and priority as arguments.</summary>
    public string? Any { get; init; }
}
