namespace Converge.Lab;

/// <summary>Paths in the cache: the root image under a disk, and the archive that its host installs from.</summary>
internal sealed record DiskOrigin(string Image, string Debs);
