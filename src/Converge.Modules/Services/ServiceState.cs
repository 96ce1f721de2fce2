namespace Converge.Modules;

/// <summary>What systemd says of a unit, and what is recorded of it.</summary>
public sealed record ServiceState
{
    /// <summary><c>loaded</c>, <c>not-found</c>, <c>masked</c>, <c>bad-setting</c>, <c>error</c>.</summary>
    public string LoadState { get; init; } = "not-found";
}
