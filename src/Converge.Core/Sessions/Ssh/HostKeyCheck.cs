using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace Converge.Sessions.Ssh;

/// <summary>Decides whether the key that a host presents is its own. The SSH library trusts any key if nobody looks.</summary>
internal sealed class HostKeyCheck
{
    private static readonly Lock AppendGate = new();

    private readonly SshTarget _target;
    private readonly KnownHosts _known;

    public HostKeyCheck(SshTarget target)
    {
        _target = target;
        _known = new KnownHosts([.. target.KnownHostsFiles.Concat(target.SystemKnownHostsFiles).SelectMany(ReadFile)]);
    }

    /// <summary>Why the connection must not go on; null: it may.</summary>
    public Refusal? Refused { get; private set; }

    /// <summary>Types of the keys on record; empty when the host is unknown.</summary>
    public IReadOnlyList<string> KeyTypes => _known.KeyTypesOf(_target.KnownName);

    /// <summary>Looks at the key; called by the SSH library while it negotiates.</summary>
    public bool Accepts(string keyType, byte[] key)
    {
        // The key says itself what it is; the library gives the name of the signature algorithm, such as rsa-sha2-512.
        var type = keyType.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? "ssh-rsa" : keyType;
        var verdict = _known.Judge(_target.KnownName, type, key);
        if (verdict == HostKeyVerdict.Unknown && _target.AcceptNewHostKeys)
        {
            return Record(type, key);
        }

        Refused = verdict == HostKeyVerdict.Known ? null : new Refusal(verdict, type, KnownHostsEntry.FingerprintOf(key), _known.Of(_target.KnownName));
        return Refused is null;
    }

    private bool Record(string type, byte[] key)
    {
        if (_target.KnownHostsFiles is not [var file, ..])
        {
            return true;
        }

        try
        {
            lock (AppendGate)
            {
                Append(file, $"{_target.KnownName} {type} {Convert.ToBase64String(key)}\n");
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Refused = new Refusal(HostKeyVerdict.Unknown, type, KnownHostsEntry.FingerprintOf(key), []) { CannotRecord = $"{file} cannot be written: {e.Message}" };
            return false;
        }
    }

    private static void Append(string file, string line)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Seek(Math.Max(0, stream.Length - 1), SeekOrigin.Begin);
        var unfinished = stream.Length > 0 && stream.ReadByte() != '\n';
        stream.Write(System.Text.Encoding.ASCII.GetBytes(unfinished ? "\n" + line : line));
    }

    private static IReadOnlyList<KnownHostsEntry> ReadFile(string file)
    {
        try
        {
            return File.Exists(file) ? KnownHostsEntry.ParseAll(File.ReadAllText(file), file) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Unreadable is unknown: then the host is refused.
            return [];
        }
    }
}

/// <summary>A host's key that was not accepted.</summary>
/// <param name="Verdict">Why.</param>
/// <param name="KeyType">Of the key that was presented.</param>
/// <param name="Fingerprint">Of the key that was presented.</param>
/// <param name="OnRecord">What is known for the host instead.</param>
internal sealed record Refusal(HostKeyVerdict Verdict, string KeyType, string Fingerprint, IReadOnlyList<KnownHostsEntry> OnRecord)
{
    /// <summary>The key would have been accepted, but not for the next time.</summary>
    public string? CannotRecord { get; init; }
}
