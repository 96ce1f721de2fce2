using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace Converge;

/// <summary>Bytes that are to arrive on a host exactly as they are: text, which may have holes for secrets and facts, or raw bytes.</summary>
public sealed class Content
{
    private readonly IReadOnlyList<Part> _parts;

    // Without facts both are the same for all hosts: made once, and hosts share them.
    private byte[]? _joined;
    private string? _sha256;
    private object? _hashing;

    private Content(IReadOnlyList<Part> parts) => _parts = parts;

    /// <summary>No bytes at all.</summary>
    public static Content Empty { get; } = new([]);

    /// <summary>A secret's value is somewhere inside: nobody is shown more than that it differs.</summary>
    public bool HasSecret => _parts.Any(p => p is SecretPart);

    /// <summary>The secrets inside, for redaction.</summary>
    public IEnumerable<Secret> Secrets => _parts.OfType<SecretPart>().Select(p => p.Value);

    /// <summary>A fact is somewhere inside: the bytes are known only once the host has answered.</summary>
    public bool HasFact => _parts.Any(p => p is FactPart);

    /// <summary>UTF-8 text; <c>{secret}</c> and <c>{fact}</c> holes keep their nature.</summary>
    public static Content Text(ContentTextHandler text) => text.ToContent();

    /// <summary>UTF-8 text without holes.</summary>
    public static Content Text(string text) => new([new BytesPart(Encoding.UTF8.GetBytes(text))]);

    /// <summary>Raw bytes.</summary>
    public static Content Bytes(ReadOnlyMemory<byte> bytes) => new([new BytesPart(bytes)]);

    /// <summary>A file of the controller, read now.</summary>
    /// <param name="path">Relative to the current directory; in a script, to the script.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ConvergeException">The file cannot be read. In a script a mistake instead, shown together with all others.</exception>
    public static Content FromFile(string path, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        try
        {
            return Bytes(File.ReadAllBytes(ScriptScope.Resolve(path, file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var why = new ConvergeException($"{path} cannot be read: {e.Message}", "Give a path that exists beside the script.", e);
            ScriptScope.Refuse(why, new SourceLocation(file, line));
            return Empty;
        }
    }

    /// <summary>A secret alone.</summary>
    public static Content FromSecret(Secret secret) => new([new SecretPart(secret)]);

    /// <summary>A fact alone.</summary>
    public static Content FromFact(Fact fact) => new([new FactPart(fact)]);

    /// <summary>Several contents, one behind the other.</summary>
    public static Content Concat(IEnumerable<Content> contents) => new([.. contents.SelectMany(c => c._parts)]);

    /// <summary>Text is content.</summary>
    public static implicit operator Content(string text) => Text(text);

    /// <summary>A secret alone is content.</summary>
    public static implicit operator Content(Secret secret) => FromSecret(secret);

    /// <summary>The exact bytes for a host; not copied where no part depends on it.</summary>
    /// <param name="facts">Null only when <see cref="HasFact"/> is false.</param>
    /// <exception cref="ConvergeException">The host has no value for a fact inside.</exception>
    public ReadOnlyMemory<byte> Resolve(HostFacts? facts) =>
        _parts is [var only] ? only.Resolve(facts) : HasFact ? Join(facts) : _joined ??= Join(null);

    /// <summary>Lower-case hexadecimal SHA-256 of the exact bytes.</summary>
    public string Sha256(HostFacts? facts) =>
        HasFact ? Hash(facts) : _sha256 ?? LazyInitializer.EnsureInitialized(ref _sha256, ref _hashing, () => Hash(null));

    /// <summary>What may be shown: secrets as their mask, facts as their value or, without facts, as their named hole.</summary>
    public byte[] Render(HostFacts? facts)
    {
        using var buffer = new MemoryStream();
        foreach (var part in _parts)
        {
            buffer.Write(part.Render(facts).Span);
        }

        return buffer.ToArray();
    }

    /// <summary><see cref="Render"/> without facts, as text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Render(null));

    private byte[] Join(HostFacts? facts)
    {
        using var buffer = new MemoryStream();
        foreach (var part in _parts)
        {
            buffer.Write(part.Resolve(facts).Span);
        }

        return buffer.ToArray();
    }

    private string Hash(HostFacts? facts) => Convert.ToHexStringLower(SHA256.HashData(Resolve(facts).Span));

    internal IReadOnlyList<Part> Parts => _parts;

    internal static Content Of(IReadOnlyList<Part> parts) => new(parts);

    internal abstract record Part
    {
        public abstract ReadOnlyMemory<byte> Resolve(HostFacts? facts);

        public abstract ReadOnlyMemory<byte> Render(HostFacts? facts);
    }

    internal sealed record BytesPart(ReadOnlyMemory<byte> Value) : Part
    {
        public override ReadOnlyMemory<byte> Resolve(HostFacts? facts) => Value;

        public override ReadOnlyMemory<byte> Render(HostFacts? facts) => Value;
    }

    internal sealed record SecretPart(Secret Value) : Part
    {
        public override ReadOnlyMemory<byte> Resolve(HostFacts? facts) => Encoding.UTF8.GetBytes(Value.Reveal());

        public override ReadOnlyMemory<byte> Render(HostFacts? facts) => "***"u8.ToArray();
    }

    internal sealed record FactPart(Fact Value) : Part
    {
        public override ReadOnlyMemory<byte> Resolve(HostFacts? facts) =>
            facts is not null && Value.Read(facts) is { } text
                ? Encoding.UTF8.GetBytes(text)
                : throw new ConvergeException($"this host has no {Value.Name}", "Look at what the host reports: converge facts");

        public override ReadOnlyMemory<byte> Render(HostFacts? facts) =>
            Encoding.UTF8.GetBytes((facts is null ? null : Value.Read(facts)) ?? Value.ToString());
    }
}
