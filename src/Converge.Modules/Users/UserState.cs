namespace Converge.Modules;

/// <summary>An account as the host knows it.</summary>
/// <param name="Exists">There is one of this name.</param>
public sealed record UserState(bool Exists);
