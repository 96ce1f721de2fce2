using System;

namespace Converge.Cli.Output;

/// <summary>One change as one line: <c>mode: 0644 → 0600 [reload] (reason)</c>.</summary>
internal static class ChangeLine
{
    // Longer values are cut: the whole of it is in the diff, or with --json.
    private const int Longest = 200;

    public static string Of(Change change, Paint paint)
    {
        if (change.Undecided)
        {
            var to = change.To is null ? "" : $" to {Value(change.To)}";
            return paint.Yellow($"{change.Property}: may change{to}, decided after {OneLine(change.Reason ?? "what comes before it")}");
        }

        var impact = change.Impact is Impact.None or Impact.Runtime ? "" : " " + paint.Yellow($"[{Word(change.Impact)}]");
        var reason = change.Reason is null ? "" : " " + paint.Dim($"({OneLine(change.Reason)})");
        return $"{change.Property}: {paint.Red(Value(change.From))} → {paint.Green(Value(change.To))}{impact}{reason}";
    }

    /// <summary>The impact in small letters.</summary>
    public static string Word(Impact impact) => impact switch
    {
        Impact.None => "none",
        Impact.Runtime => "runtime",
        Impact.Reload => "reload",
        Impact.Restart => "restart",
        Impact.Failover => "failover",
        Impact.Data => "data",
        _ => throw new ArgumentOutOfRangeException(nameof(impact)),
    };

    private static string Value(string? value) => value switch
    {
        null => "none",
        "" => "''",
        _ => OneLine(value),
    };

    private static string OneLine(string text)
    {
        var line = Redaction.Clean(text).TrimEnd('\n').Replace("\n", "⏎", StringComparison.Ordinal);
        return line.Length <= Longest ? line : $"{line[..Longest]}… ({line.Length} characters)";
    }
}
