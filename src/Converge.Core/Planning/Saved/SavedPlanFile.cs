using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Converge.Planning;

/// <summary>
/// Saved plans as files: JSON in one canonical form, so that every byte counts, with a keyed checksum over all of it. What is cut off, edited, or
/// of a later format is refused with the reason.
/// </summary>
public static class SavedPlanFile
{
    /// <summary>The name of a saved plan ends so: by it <c>apply</c> tells plans from scripts.</summary>
    public const string Extension = ".plan";

    private const string Format = "converge-plan";
    private const int Version = 1;

    // Larger than the plan of any fleet that one process could plan.
    private const int LargestBytes = 256 * 1024 * 1024;

    private static readonly JsonSerializerOptions _options = new()
    {
        Converters = { new JsonStringEnumConverter<Impact>(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Writes it, as a whole or not at all, readable by its owner alone.</summary>
    /// <exception cref="ConvergeException">The file cannot be written.</exception>
    public static void Write(string path, SavedPlan plan, PlanKey key)
    {
        try
        {
            PrivateFile.Write(path, Bytes(plan, key));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConvergeException($"{path} cannot be written: {e.Message}", null, e);
        }
    }

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="ConvergeException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestBytes ? File.ReadAllBytes(path) : throw new ConvergeException($"{path} is no saved plan: it is too large");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConvergeException($"{path} cannot be read: {e.Message}", null, e);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="key">The key that it was written with.</param>
    /// <exception cref="ConvergeException">It is cut off, was changed, is of a later format, or was made with another key.</exception>
    public static SavedPlan Read(string path, byte[] bytes, PlanKey key)
    {
        var document = Parse(path, bytes);
        var plan = document.Plan;
        if (plan.Key != key.Id)
        {
            throw new ConvergeException(
                $"{path} was made with the plan key {plan.Key}, and the one here is {key.Id}",
                $"Apply it where it was made, copy the key from there, or plan again. The key is in:\n    {PlanKey.DefaultPath}");
        }

        return bytes.AsSpan().SequenceEqual(Bytes(plan, key))
            ? plan
            : throw new ConvergeException($"{path} was changed after it was written: its checksum does not fit", "Plan again, and edit the script instead of the plan.");
    }

    private static Document Parse(string path, byte[] bytes)
    {
        try
        {
            using var any = JsonDocument.Parse(bytes);
            if (any.RootElement.ValueKind != JsonValueKind.Object || !any.RootElement.TryGetProperty("format", out var format) || format.ToString() != Format)
            {
                throw new ConvergeException($"{path} is no saved plan", $"To make one:\n    converge plan SCRIPT --out NAME{Extension}");
            }

            // Before all else: a later format may look different from here on.
            if (!any.RootElement.TryGetProperty("version", out var version) || !version.TryGetInt32(out var number) || number != Version)
            {
                throw new ConvergeException($"{path} has format {version}, and this converge knows {Version} only", "Apply it with the converge that made it, or plan again.");
            }

            return any.Deserialize<Document>(_options)!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            var line = e is JsonException { LineNumber: { } number } ? $": it makes no sense at line {number + 1}" : "";
            throw new ConvergeException($"{path} is no whole saved plan{line}", "It was cut off or changed. Plan again.", e);
        }
    }

    private static byte[] Bytes(SavedPlan plan, PlanKey key)
    {
        var document = new Document(Format, Version, plan, "");
        return [.. JsonSerializer.SerializeToUtf8Bytes(document with { Checksum = key.Hash(JsonSerializer.SerializeToUtf8Bytes(document, _options)) }, _options), (byte)'\n'];
    }

    private sealed record Document(string Format, int Version, SavedPlan Plan, string Checksum);
}
