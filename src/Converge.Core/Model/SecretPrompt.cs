using System;
using System.Collections.Concurrent;
using System.Threading;

namespace Converge;

/// <summary>While it lives, secrets can be asked for. Flows with the async context that made it. See <see cref="Secret.AskWith"/>.</summary>
public sealed class SecretPrompt : IDisposable
{
    private static readonly AsyncLocal<SecretPrompt?> Asking = new();

    private readonly SecretPrompt? _outer = Asking.Value;
    private readonly ConcurrentDictionary<string, string?> _answers = new(StringComparer.Ordinal);
    private readonly Func<string, string?> _ask;

    internal SecretPrompt(Func<string, string?> ask)
    {
        _ask = ask;
        Asking.Value = this;
    }

    internal static SecretPrompt? Current => Asking.Value;

    /// <summary>From now on nobody can be asked any more, or whoever could before.</summary>
    public void Dispose() => Asking.Value = _outer;

    // Each is asked for once, however often the script names it.
    internal string? Answer(string name) => _answers.GetOrAdd(name, _ask);
}
