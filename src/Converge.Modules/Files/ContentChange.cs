using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Unicode;

namespace Converge.Modules;

/// <summary>How a change of content is shown: sizes, and a unified diff where both sides are text without secrets.</summary>
internal static class ContentChange
{
    private const UnixFileMode ReadableByOthers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <param name="path">For the header of the diff.</param>
    /// <param name="state">What is there.</param>
    /// <param name="wanted">What shall be there.</param>
    /// <param name="facts">Those of the host.</param>
    /// <param name="impact">See <see cref="File.Impact"/>.</param>
    public static Change Of(string path, FileState state, Content wanted, HostFacts facts, Impact impact)
    {
        if (wanted.HasSecret)
        {
            return new Change("content", Before(state, secret: true), "with secrets, not shown", impact);
        }

        var after = wanted.Resolve(facts);
        return new Change("content", Before(state, secret: false), Describe(after.Span), impact) { TextDiff = Diff(path, state, after) };
    }

    /// <summary><c>214 B</c>, <c>1.5 KiB</c>, <c>20 MiB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} B",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MiB"),
    };

    private static string? Before(FileState state, bool secret) => state.Kind switch
    {
        PathKind.Missing => null,
        PathKind.Symlink => $"symlink to {state.Target}",
        _ when state.ComesWith is { } bringer => $"as {bringer} has it",
        _ when secret => "differs",
        _ when state.Content is { } content => Describe(content.Span),
        _ => Size(state.Size),
    };

    private static string Describe(ReadOnlySpan<byte> content) => IsText(content) ? Size(content.Length) : $"binary, {Size(content.Length)}";

    private static string? Diff(string path, FileState state, ReadOnlyMemory<byte> after)
    {
        // What only its owner may read may hold a secret that nobody has told us of.
        if (state.Kind == PathKind.File && (state.Mode & ReadableByOthers) == 0)
        {
            return null;
        }

        var before = state.Kind switch
        {
            PathKind.Missing => (ReadOnlyMemory<byte>?)ReadOnlyMemory<byte>.Empty,
            PathKind.File when state.ComesWith is not null => ReadOnlyMemory<byte>.Empty,
            PathKind.File => state.Content,
            _ => null,
        };
        return before is { } bytes && after.Length <= PathQuestion.LargestShown && IsText(bytes.Span) && IsText(after.Span)
            ? UnifiedDiff.Of(Encoding.UTF8.GetString(bytes.Span), Encoding.UTF8.GetString(after.Span), path)
            : null;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => !bytes.Contains((byte)0) && Utf8.IsValid(bytes);
}
