namespace Converge.Lab;

/// <summary>The keys that go onto a new disk, as OpenSSH writes them.</summary>
internal sealed record SeedKeys(string HostPrivate, string HostPublic, string ControllerPublic);
