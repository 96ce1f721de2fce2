using System.Collections.Generic;

namespace Converge.Lab;

/// <summary>Packages to fetch for hosts whose root is <paramref name="Root"/>: what that holds already is left out.</summary>
internal sealed record DebSet(string Suite, string Root, IReadOnlyList<string> Packages);
