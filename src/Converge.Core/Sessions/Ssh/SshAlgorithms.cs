using System;
using System.Collections.Generic;
using System.Linq;
using Renci.SshNet;

namespace Converge.Sessions.Ssh;

/// <summary>Which algorithms are offered. The library's own lists still have SHA-1, CBC, 3DES and 1024-bit groups.</summary>
internal static class SshAlgorithms
{
    // sntrup761x25519 costs 70 ms of processor per connection in this library, so it is offered last; ML-KEM is the post-quantum exchange of
    // OpenSSH 9.9 and later and costs far less.
    private static readonly string[] KeyExchanges =
    [
        "mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521",
        "diffie-hellman-group16-sha512", "diffie-hellman-group18-sha512", "diffie-hellman-group-exchange-sha256", "diffie-hellman-group14-sha256",
        "sntrup761x25519-sha512", "sntrup761x25519-sha512@openssh.com",
    ];

    private static readonly string[] Ciphers =
    [
        "aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr",
    ];

    private static readonly string[] Macs =
    [
        "hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512",
    ];

    // No certificates: nothing here checks them.
    private static readonly string[] HostKeys =
    [
        "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512", "rsa-sha2-256",
    ];

    /// <summary>Cuts the lists of a connection down.</summary>
    /// <param name="connection">Not yet connected.</param>
    /// <param name="knownKeyTypes">Types of the host's keys on record: only these are offered, as a host has several and any other would be unknown. Empty: all.</param>
    public static void Apply(ConnectionInfo connection, IReadOnlyList<string> knownKeyTypes)
    {
        Keep(connection.KeyExchangeAlgorithms, KeyExchanges);
        Keep(connection.Encryptions, Ciphers);
        Keep(connection.HmacAlgorithms, Macs);
        var hostKeys = HostKeys.Where(algorithm => knownKeyTypes.Contains(KeyTypeOf(algorithm))).ToArray();
        Keep(connection.HostKeyAlgorithms, hostKeys.Length > 0 ? hostKeys : HostKeys);
    }

    private static string KeyTypeOf(string algorithm) => algorithm.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? "ssh-rsa" : algorithm;

    private static void Keep<T>(IOrderedDictionary<string, T> all, IEnumerable<string> wanted)
    {
        var kept = wanted.Where(all.ContainsKey).Select(name => KeyValuePair.Create(name, all[name])).ToList();
        all.Clear();
        foreach (var (name, value) in kept)
        {
            all.Add(name, value);
        }
    }
}
