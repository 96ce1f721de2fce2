using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Sessions.Ssh;

/// <summary>One line of a known_hosts file; see "SSH_KNOWN_HOSTS FILE FORMAT" in sshd(8).</summary>
/// <param name="Marker"><c>@revoked</c>, <c>@cert-authority</c> or null.</param>
/// <param name="Names">Comma-separated patterns, or one hashed name.</param>
/// <param name="KeyType">Such as <c>ssh-ed25519</c>.</param>
/// <param name="Key">As in the protocol.</param>
internal sealed record KnownHostsEntry(string? Marker, string Names, string KeyType, byte[] Key)
{
    private const string HashMagic = "|1|";

    /// <summary>Path and line, for messages.</summary>
    public string Place { get; init; } = "";

    /// <summary>As ssh shows it.</summary>
    public string Fingerprint => FingerprintOf(Key);

    /// <summary>Reads a file's text; lines that make no sense are passed over, as ssh does.</summary>
    public static IReadOnlyList<KnownHostsEntry> ParseAll(string text, string path)
    {
        var lines = text.Split('\n').Select((line, i) => Parse(line.Trim()) is { } entry ? entry with { Place = $"{path}:{i + 1}" } : null);
        return [.. lines.OfType<KnownHostsEntry>()];
    }

    /// <summary><c>SHA256:…</c></summary>
    public static string FingerprintOf(ReadOnlySpan<byte> key) => "SHA256:" + Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('=');

    /// <summary>Whether the line speaks of this host.</summary>
    /// <param name="name">Lower case; <c>[name]:port</c> where the port is not 22.</param>
    public bool IsFor(string name)
    {
        if (!Names.StartsWith(HashMagic, StringComparison.Ordinal))
        {
            return HostPattern.MatchesList([.. Names.ToLowerInvariant().Split(',')], name);
        }

        // SHA-1 is what the format prescribes; it hides names here and protects nothing else.
        return Names[HashMagic.Length..].Split('|') is [var salt, var hash] && TryBase64(salt, out var saltBytes) && TryBase64(hash, out var hashBytes)
            && HashName(saltBytes, name).AsSpan().SequenceEqual(hashBytes);
    }

    private static KnownHostsEntry? Parse(string line)
    {
        var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var marker = words is [['@', ..] first, ..] ? first : null;
        return line.StartsWith('#') || words[(marker is null ? 0 : 1)..] is not [var names, var type, var text, ..] || !TryBase64(text, out var key)
            ? null
            : new KnownHostsEntry(marker, names, type, key);
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Prescribed by the known_hosts format.")]
    private static byte[] HashName(byte[] salt, string name) => HMACSHA1.HashData(salt, Encoding.UTF8.GetBytes(name));

    private static bool TryBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var valid = Convert.TryFromBase64String(text, bytes, out var length);
        bytes = bytes[..length];
        return valid;
    }
}
