using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using DiffPlex;
using DiffPlex.Model;

namespace Converge;

/// <summary>Writes the difference of two texts as <c>diff -u</c> does, for people: control characters are made visible.</summary>
public static class UnifiedDiff
{
    /// <summary>Unchanged lines shown around each change.</summary>
    private const int Context = 3;

    /// <summary>Hunks with three lines of context, each line ended by a newline; empty when the texts are equal.</summary>
    /// <param name="before">Empty: nothing was there.</param>
    /// <param name="after">Empty: nothing shall be there.</param>
    /// <param name="path">What differs, for the two header lines. Null: no header.</param>
    public static string Of(string before, string after, string? path = null)
    {
        var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, LineKeeper.Instance);
        var text = new StringBuilder();
        if (diff.DiffBlocks.Count > 0 && path is not null)
        {
            text.Append("--- ").Append(Visible(path)).Append("\n+++ ").Append(Visible(path)).Append('\n');
        }

        foreach (var hunk in Hunks(diff.DiffBlocks))
        {
            Write(text, diff, hunk);
        }

        return text.ToString();
    }

    // Blocks whose contexts touch are shown in one hunk.
    private static IEnumerable<List<DiffBlock>> Hunks(IEnumerable<DiffBlock> blocks)
    {
        var hunk = new List<DiffBlock>();
        foreach (var block in blocks)
        {
            if (hunk.Count > 0 && block.DeleteStartA - (hunk[^1].DeleteStartA + hunk[^1].DeleteCountA) > 2 * Context)
            {
                yield return hunk;
                hunk = [];
            }

            hunk.Add(block);
        }

        if (hunk.Count > 0)
        {
            yield return hunk;
        }
    }

    private static void Write(StringBuilder text, DiffResult diff, List<DiffBlock> hunk)
    {
        var (first, last) = (hunk[0], hunk[^1]);
        var start = Math.Max(0, first.DeleteStartA - Context);
        var end = Math.Min(diff.PiecesOld.Count, last.DeleteStartA + last.DeleteCountA + Context);
        var newStart = first.InsertStartB - (first.DeleteStartA - start);
        var newCount = end - start + hunk.Sum(b => b.InsertCountB - b.DeleteCountA);
        text.Append($"@@ -{Range(start, end - start)} +{Range(newStart, newCount)} @@\n");

        var at = start;
        foreach (var block in hunk)
        {
            Lines(text, ' ', diff.PiecesOld, at, block.DeleteStartA - at);
            Lines(text, '-', diff.PiecesOld, block.DeleteStartA, block.DeleteCountA);
            Lines(text, '+', diff.PiecesNew, block.InsertStartB, block.InsertCountB);
            at = block.DeleteStartA + block.DeleteCountA;
        }

        Lines(text, ' ', diff.PiecesOld, at, end - at);
    }

    // An empty range is named by the line before it, as diff -u does.
    private static string Range(int start, int count) => count switch
    {
        0 => $"{start},0",
        1 => $"{start + 1}",
        _ => $"{start + 1},{count}",
    };

    private static void Lines(StringBuilder text, char sign, IReadOnlyList<string> pieces, int start, int count)
    {
        foreach (var piece in pieces.Skip(start).Take(count))
        {
            var complete = piece.EndsWith('\n');
            text.Append(sign).Append(Visible(complete ? piece[..^1] : piece)).Append('\n');
            if (!complete)
            {
                text.Append("\\ No newline at end of file\n");
            }
        }
    }

    // A carriage return before the newline is a difference that must show.
    private static string Visible(string line) =>
        line.Any(c => c < ' ' && c != '\t') ? string.Concat(line.Select(c => c < ' ' && c != '\t' ? (char)(0x2400 + c) : c)) : line;

    /// <summary>Lines with their ends: that the last one has none is a difference as well.</summary>
    private sealed class LineKeeper : IChunker
    {
        public static readonly LineKeeper Instance = new();

        public IReadOnlyList<string> Chunk(string text)
        {
            var lines = new List<string>();
            for (var start = 0; start < text.Length;)
            {
                var end = text.IndexOf('\n', start);
                end = end < 0 ? text.Length : end + 1;
                lines.Add(text[start..end]);
                start = end;
            }

            return lines;
        }
    }
}
