using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Converge.Sessions.Shell;

/// <summary>One exchange on its way to a host: bodies to stage, and the text that runs.</summary>
/// <param name="Nonce">Marks our lines in the answer.</param>
/// <param name="Bodies">By the index of their item.</param>
/// <param name="Text">Read by <c>sh</c>.</param>
internal sealed record Request(string Nonce, IReadOnlyList<(int Index, ReadOnlyMemory<byte> Bytes)> Bodies, string Text)
{
    /// <summary>The lock to take first; null: none.</summary>
    public LockItem? Lock { get; init; }

    /// <summary>What goes over the wire, in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Frames()
    {
        if (Lock is { } item)
        {
            yield return Encoding.UTF8.GetBytes($"lock\n{OneLine(item.Path)}\n{OneLine(item.Holder)}\n");
        }

        foreach (var (index, bytes) in Bodies)
        {
            yield return Frame("blob", Blob(index), bytes.Length);
            yield return bytes;
        }

        var text = Encoding.UTF8.GetBytes(Text);
        byte[] run = [.. Frame("run", Nonce, text.Length), .. text];
        yield return run;
    }

    /// <summary>Name of an item's staged body in the session's folder.</summary>
    public static string Blob(int index) => string.Create(CultureInfo.InvariantCulture, $"blob.{index}");

    /// <summary>A frame without a body.</summary>
    public static byte[] Frame(params IEnumerable<object> words) => Encoding.ASCII.GetBytes(string.Join(' ', words.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w}"))) + "\n");

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
