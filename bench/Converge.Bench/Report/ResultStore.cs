using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Converge.Bench.Report;

/// <summary>The last result of each row, with all raw samples, as JSON under artifacts.</summary>
internal static class ResultStore
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static void Write(BenchContext bench, RowResult result) =>
        File.WriteAllText(Path.Combine(Folder(bench), $"{result.Row}.json"), JsonSerializer.Serialize(result, Options));

    /// <summary>By the name of the row.</summary>
    public static IReadOnlyDictionary<string, RowResult> Read(BenchContext bench) =>
        Directory.EnumerateFiles(Folder(bench), "*.json").Select(f => JsonSerializer.Deserialize<RowResult>(File.ReadAllText(f))!).ToDictionary(r => r.Row);

    private static string Folder(BenchContext bench) => Directory.CreateDirectory(Path.Combine(bench.Work, "results")).FullName;
}
