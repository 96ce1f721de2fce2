using System;
using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Converge.Modules;

/// <summary>The value of a server setting, in its one canonical form: sizes in bytes, switches as <c>ON</c> and <c>OFF</c>.</summary>
public sealed partial class MySqlSetting
{
    private static readonly SearchValues<char> _special = SearchValues.Create("#;'\"\\ ");

    private MySqlSetting(Content value) => Value = value;

    /// <summary>The value as the file carries it.</summary>
    internal Content Value { get; }

    /// <summary>Text; <c>256M</c> and the like (K, M, G, T, P, E, powers of 1024) become bytes.</summary>
    public static implicit operator MySqlSetting(string value) => new(Quoted(InBytes(value.Trim())));

    /// <summary>A number.</summary>
    public static implicit operator MySqlSetting(int value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number, such as bytes.</summary>
    public static implicit operator MySqlSetting(long value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number with a fraction, such as seconds of <c>long_query_time</c>.</summary>
    public static implicit operator MySqlSetting(double value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary><c>ON</c> or <c>OFF</c>.</summary>
    public static implicit operator MySqlSetting(bool value) => new(value ? "ON" : "OFF");

    /// <summary>A value that only the host knows, such as half of its memory.</summary>
    public static implicit operator MySqlSetting(Fact value) => new(Content.FromFact(value));

    /// <summary>A part of the host's memory, in bytes.</summary>
    /// <param name="part">More than 0, less than 1.</param>
    public static MySqlSetting OfMemory(double part) =>
        new Fact($"{part.ToString("P0", CultureInfo.InvariantCulture)} of the memory", facts => facts.MemoryBytes > 0 ? ((long)(facts.MemoryBytes * part)).ToString(CultureInfo.InvariantCulture) : null);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    private static string InBytes(string value)
    {
        if (Size().Match(value) is not { Success: true } size || !long.TryParse(size.Groups[1].Value, CultureInfo.InvariantCulture, out var count))
        {
            return value;
        }

        var bytes = (Int128)count << (10 * (1 + "KMGTPE".IndexOf(char.ToUpperInvariant(size.Groups[2].Value[0]), StringComparison.Ordinal)));
        return bytes.ToString(CultureInfo.InvariantCulture);
    }

    // In option files "#" starts a comment anywhere, and blanks around a bare value are lost.
    private static string Quoted(string value) =>
        value.Length == 0 || value.AsSpan().ContainsAny(_special) ? $"\"{value.Replace(@"\", @"\\", StringComparison.Ordinal)}\"" : value;

    [GeneratedRegex(@"\A([0-9]+)([KMGTPEkmgtpe])\z")]
    private static partial Regex Size();
}
