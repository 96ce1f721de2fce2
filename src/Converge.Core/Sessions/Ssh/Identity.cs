using System.Collections.Generic;
using System.Security.Cryptography;
using Renci.SshNet;
using Renci.SshNet.Security;
using Renci.SshNet.Security.Cryptography;

namespace Converge.Sessions.Ssh;

/// <summary>A private key that is open. Decrypting one takes a tenth of a second, so it is done once; signing keeps state, so each connection gets its own.</summary>
internal sealed record Identity(string Path, Key Key)
{
    /// <summary>What one connection signs with.</summary>
    public IPrivateKeySource ForConnection() => new Source(Key is RsaKey rsa
        ? [Rsa("rsa-sha2-512", rsa, HashAlgorithmName.SHA512), Rsa("rsa-sha2-256", rsa, HashAlgorithmName.SHA256)]
        : [new KeyHostAlgorithm(Key.ToString()!, Key)]);

    // Not ssh-rsa: that is SHA-1.
    private static KeyHostAlgorithm Rsa(string name, RsaKey key, HashAlgorithmName hash) => new(name, key, new RsaDigitalSignature(key, hash));

    private sealed class Source(IEnumerable<HostAlgorithm> algorithms) : IPrivateKeySource
    {
        public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; } = [.. algorithms];
    }
}
