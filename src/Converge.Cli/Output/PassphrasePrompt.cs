using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Cli.Output;

/// <summary>Asks on the terminal for the passphrase of a private key, without showing it.</summary>
internal sealed class PassphrasePrompt(Terminal terminal)
{
    /// <summary>Null: an empty line, go on without that key.</summary>
    public Task<Secret?> AskAsync(string path, CancellationToken ct) => Task.Run(() => Ask(path), ct).WaitAsync(ct);

    private Secret? Ask(string path)
    {
        terminal.Error.Write($"\r\x1b[KPassphrase of {Redaction.Clean(path)} (empty: go on without it): ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        terminal.Error.WriteLine();
        return typed.Length == 0 ? null : Secret.FromValue($"passphrase of {path}", typed.ToString());
    }
}
