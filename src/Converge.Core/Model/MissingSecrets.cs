using System;
using System.Collections.Generic;
using System.Threading;

namespace Converge;

/// <summary>
/// While it lives, secrets that are not set become placeholders, so that a script can be checked and rendered by whoever may not know them.
/// Flows with the async context that made it. See <see cref="Secret.AllowMissing"/>.
/// </summary>
public sealed class MissingSecrets : IDisposable
{
    private static readonly AsyncLocal<MissingSecrets?> Allowing = new();

    private readonly MissingSecrets? _outer = Allowing.Value;
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    internal MissingSecrets() => Allowing.Value = this;

    /// <summary>The secrets that were looked for and are not set, in alphabetical order.</summary>
    public IReadOnlyCollection<string> Names => _names;

    internal static MissingSecrets? Current => Allowing.Value;

    /// <summary>From now on a missing secret is an error again.</summary>
    public void Dispose() => Allowing.Value = _outer;

    internal void Note(string name) => _names.Add(name);
}
