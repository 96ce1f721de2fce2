using System.Text.Json;
using Converge.Probing;

namespace Converge.Cli.Output;

/// <summary>What a prober has seen, for people and for programs.</summary>
internal static class ProbeText
{
    // An outage at 200 requests a second would push everything else off the screen; programs are told of each.
    private const int MostLines = 5;

    /// <summary>The line of one failure; empty when there have been too many.</summary>
    public static string Of(ProbeFailure failure) => failure.Number switch
    {
        <= MostLines => $"probe: failed at {failure.At.TotalSeconds:0.000} s: {failure.Why}{During(failure)}\n",
        MostLines + 1 => "probe: further failures are only counted\n",
        _ => "",
    };

    /// <summary><c>Probe: 2,400 requests, 0 failed, longest gap 14 ms</c>.</summary>
    public static string Of(ProbeReport report) =>
        $"Probe: {report.Requests} requests, {report.Failed} failed, longest gap {report.LongestGap.TotalMilliseconds:0} ms";

    public static void Write(Utf8JsonWriter json, ProbeFailure failure)
    {
        json.WriteNumber("atSeconds", System.Math.Round(failure.At.TotalSeconds, 3));
        json.WriteString("why", failure.Why);
        JsonFields.WriteStrings(json, "during", failure.During);
    }

    public static void Write(Utf8JsonWriter json, ProbeReport report)
    {
        json.WriteNumber("requests", report.Requests);
        json.WriteNumber("failed", report.Failed);
        json.WriteNumber("longestGapMs", System.Math.Round(report.LongestGap.TotalMilliseconds));
    }

    private static string During(ProbeFailure failure) => failure.During.Count == 0 ? "" : $" ({string.Join("; ", failure.During)})";
}
