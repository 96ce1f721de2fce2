using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Modules;

/// <summary>What a service last took in: of each path that it reads, a fingerprint. A small text file on the host.</summary>
public sealed class InputRecord
{
    private readonly ImmutableSortedDictionary<string, string> _fingerprints;

    private InputRecord(ImmutableSortedDictionary<string, string> fingerprints) => _fingerprints = fingerprints;

    /// <summary>Nothing is recorded.</summary>
    public static InputRecord Empty { get; } = new(ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal));

    /// <summary>Where the record of a unit is on the host.</summary>
    public static string PathOf(string unit) => $"{Folder}/{unit}";

    /// <summary>Where all records are.</summary>
    public const string Folder = "/var/lib/converge/services";

    /// <summary>What identifies the state of a path for whoever reads it: content, owner and mode; where a link points.</summary>
    public static string Fingerprint(FileState state) => state.Kind == PathKind.Missing
        ? "missing"
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{state.Kind} {state.OwnerId} {state.GroupId} {Mode.Digits(state.Mode)} {state.Sha256} {state.Target}")));

    /// <summary>The fingerprint that was recorded for a path; null when none was.</summary>
    public string? this[string path] => _fingerprints.GetValueOrDefault(path);

    /// <summary>With one more path.</summary>
    public InputRecord With(string path, FileState state) => new(_fingerprints.SetItem(path, Fingerprint(state)));

    /// <summary>With one line of the file.</summary>
    internal InputRecord With(string line) =>
        line.Split(' ', 2) is [var fingerprint, var path] ? new InputRecord(_fingerprints.SetItem(Unescape(path), fingerprint)) : this;

    /// <summary>The file: a line for each path, fingerprint first.</summary>
    public override string ToString() => string.Concat(_fingerprints.Select(f => $"{f.Value} {Escape(f.Key)}\n"));

    private static string Escape(string path) => path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Unescape(string path) => string.Join('\\', path.Split("\\\\").Select(part => part.Replace("\\n", "\n", StringComparison.Ordinal)));
}
