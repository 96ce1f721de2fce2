using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Sessions.Ssh;

/// <summary>What is on record about the key of one host.</summary>
internal sealed class KnownHosts(IReadOnlyList<KnownHostsEntry> entries)
{
    /// <summary>What the record says about a key that a host presents.</summary>
    public HostKeyVerdict Judge(string name, string keyType, ReadOnlySpan<byte> key)
    {
        foreach (var entry in entries)
        {
            if (entry.Marker == "@revoked" && entry.Key.AsSpan().SequenceEqual(key) && entry.IsFor(name))
            {
                return HostKeyVerdict.Revoked;
            }
        }

        var plain = Of(name);
        foreach (var entry in plain)
        {
            if (entry.KeyType == keyType && entry.Key.AsSpan().SequenceEqual(key))
            {
                return HostKeyVerdict.Known;
            }
        }

        return plain.Count > 0 ? HostKeyVerdict.Changed : IsVouchedFor(name) ? HostKeyVerdict.VouchedFor : HostKeyVerdict.Unknown;
    }

    /// <summary>The plain keys on record for a host.</summary>
    public IReadOnlyList<KnownHostsEntry> Of(string name) => [.. entries.Where(e => e.Marker is null && e.IsFor(name))];

    /// <summary>Types of the keys on record; only these are to be negotiated, or a host with two keys would look changed.</summary>
    public IReadOnlyList<string> KeyTypesOf(string name) => [.. Of(name).Select(e => e.KeyType).Distinct()];

    private bool IsVouchedFor(string name) => entries.Any(e => e.Marker == "@cert-authority" && e.IsFor(name));
}

/// <summary>What is known about the key that a host presents.</summary>
internal enum HostKeyVerdict
{
    /// <summary>It is the key on record.</summary>
    Known,

    /// <summary>Nothing is on record.</summary>
    Unknown,

    /// <summary>Another key is on record.</summary>
    Changed,

    /// <summary>It is on record as revoked.</summary>
    Revoked,

    /// <summary>Only a certificate authority is on record, and certificates of hosts are not supported.</summary>
    VouchedFor,
}
