namespace Converge;

/// <summary>A file that a resource puts on its host, for renderings that touch no host.</summary>
/// <param name="Path">Absolute path on the host.</param>
/// <param name="Content">What it will hold; its secrets and facts stay holes.</param>
public sealed record RenderedFile(string Path, Content Content);
