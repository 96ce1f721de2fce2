using System.Threading;
using System.Threading.Tasks;

namespace Converge.Cli.Output;

/// <summary>Asks on the terminal for the passphrase of a private key, without showing it.</summary>
internal sealed class PassphrasePrompt(Terminal terminal)
{
    /// <summary>Null: an empty line, go on without that key.</summary>
    public Task<Secret?> AskAsync(string path, CancellationToken ct) => Task.Run(() => Ask(path), ct).WaitAsync(ct);

    private Secret? Ask(string path) => HiddenLine.Read(terminal, $"Passphrase of {path} (empty: go on without it): ") is { Length: > 0 } typed
        ? Secret.FromValue($"passphrase of {path}", typed)
        : null;
}
