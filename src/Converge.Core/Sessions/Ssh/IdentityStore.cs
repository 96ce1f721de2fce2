using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Converge.Sessions.Ssh;

/// <summary>Opens private keys, each once for all hosts, and asks for a passphrase at most once per key.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A SemaphoreSlim whose wait handle is not used holds nothing to dispose of.")]
internal sealed class IdentityStore(Func<string, CancellationToken, Task<Secret?>>? askPassphrase)
{
    private const int MostTries = 3;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _asking = new(1);
    private readonly Dictionary<(string Path, bool Ask), Task<KeyLoad>> _loads = [];

    /// <summary>Opens what can be opened; the others say why not.</summary>
    /// <param name="paths">In the order in which they are to be tried.</param>
    /// <param name="ask">Whether to ask for passphrases; without that, encrypted keys are left out.</param>
    /// <param name="ct">Stops the wait.</param>
    public async Task<IReadOnlyList<KeyLoad>> LoadAsync(IReadOnlyList<string> paths, bool ask, CancellationToken ct) =>
        await Task.WhenAll(paths.Select(path => LoadOnce(path, ask && askPassphrase is not null))).WaitAsync(ct).ConfigureAwait(false);

    private Task<KeyLoad> LoadOnce(string path, bool ask)
    {
        lock (_gate)
        {
            return _loads.TryGetValue((path, ask), out var load) ? load : _loads[(path, ask)] = LoadAsync(path, ask);
        }
    }

    private async Task<KeyLoad> LoadAsync(string path, bool ask)
    {
        byte[] bytes;
        try
        {
            if (!File.Exists(path))
            {
                return new KeyLoad(path, null, "does not exist");
            }

            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                return new KeyLoad(path, null, $"can be opened by others (chmod 600 {ShellQuote.ForReading(path)})");
            }

            bytes = await File.ReadAllBytesAsync(path).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new KeyLoad(path, null, $"cannot be read: {e.Message}");
        }

        var load = Open(path, bytes, null);
        for (var i = 0; load.IsEncrypted && ask && i < MostTries; i++)
        {
            // One question at a time: there is one terminal.
            await _asking.WaitAsync().ConfigureAwait(false);
            try
            {
                if (await askPassphrase!(path, CancellationToken.None).ConfigureAwait(false) is not { } passphrase)
                {
                    return load;
                }

                load = Open(path, bytes, passphrase);
            }
            finally
            {
                _asking.Release();
            }
        }

        return load;
    }

    private static KeyLoad Open(string path, byte[] bytes, Secret? passphrase)
    {
        try
        {
            // Not disposed: the key inside lives as long as the connector.
            var file = new PrivateKeyFile(new MemoryStream(bytes), passphrase?.Reveal());
            return new KeyLoad(path, new Identity(path, file.Key), "was not accepted");
        }
        catch (SshPassPhraseNullOrEmptyException)
        {
            return new KeyLoad(path, null, "is encrypted and nobody can be asked for its passphrase") { IsEncrypted = true };
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Three libraries parse this, and a wrong passphrase gives them garbage: their exceptions are of any kind.
            var encrypted = passphrase is not null || Encoding.ASCII.GetString(bytes).Contains("ENCRYPTED", StringComparison.Ordinal);
            return new KeyLoad(path, null, passphrase is not null ? "has another passphrase" : $"cannot be used: {e.Message}") { IsEncrypted = encrypted };
        }
    }
}

/// <summary>What became of a private key file.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Identity">The open key; null when it could not be opened.</param>
/// <param name="Fate">What to say about it when nobody let us in.</param>
internal sealed record KeyLoad(string Path, Identity? Identity, string Fate)
{
    /// <summary>A passphrase would open it.</summary>
    public bool IsEncrypted { get; init; }
}
