namespace Converge.Lab;

/// <summary>One host as it is now.</summary>
public sealed record LabHostStatus(string Name, string Address, string Suite, LabHostState State);
