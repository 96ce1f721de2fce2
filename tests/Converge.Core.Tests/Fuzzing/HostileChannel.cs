using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions.Shell;
using CsCheck;

namespace Converge.Core.Tests.Fuzzing;

/// <summary>A target that shakes hands as it should, and answers the first request with whatever it likes; it knows the nonce.</summary>
internal sealed class HostileChannel(IReadOnlyList<string> answer) : IBlockingShellChannel
{
    private static readonly string[] _verbs = ["begin", "done", "skip", "end", "stderr", "pong", "hello", "bye", "user", ""];
    private static readonly string[] _numbers = ["0", "1", "2", "-1", "99", "99999999999999999999", "1e400", "NaN", "-", "1.5", "done", "lost", "stopped", "flood", "deadline", "é"];

    private static readonly Gen<string> _marker = Gen.Select(Gen.OneOf<string>(_verbs), Gen.OneOf<string>(_numbers).Array[0, 4])
        .Select((verb, words) => $"\u001eNONCE {verb} {string.Join(' ', words)}\n");

    // Sound pieces are among them: what is forged in the middle of a good answer goes further than garbage does.
    private readonly BlockingCollection<byte[]> _words = [];

    /// <summary>Pieces of an answer; NONCE stands for that of the request.</summary>
    public static Gen<string[]> Answers { get; } = Gen.OneOf<string>(
        _marker,
        _marker,
        Gen.OneOf<string>("\u001eNONCE begin 0 1.0\n", "\u001eNONCE done 0 0 2.0\n", "\u001eNONCE begin 1 2.0\n", "\u001eNONCE done 1 0 2.0\n", "\u001eNONCE end done\n", "\u001e", "\u001eNONCE", "\u001eNONCE "),
        Gen.Char['\0', 'ÿ'].Array[0, 60].Select(c => new string(c)),
        Gen.Int[1, 5000].Select(n => "\u001eNONCE " + new string('x', n)),
        Gen.Int[1, 300_000].Select(n => new string('y', n))).Array[0, 12];

    public string Ending => "";

    public int Read(byte[] buffer)
    {
        if (!_words.TryTake(out var chunk, Timeout.Infinite))
        {
            return 0;
        }

        var count = Math.Min(chunk.Length, buffer.Length);
        chunk.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var text = Encoding.Latin1.GetString(bytes.Span);
        if (text.Contains(" hello\\n'", StringComparison.Ordinal) && Regex.Match(text, "nonce=([0-9a-zA-Z]+)") is { Success: true } greeting)
        {
            Say($"\u001e{greeting.Groups[1].Value} hello\n");
        }
        else if (Regex.Match(text, "^run ([0-9a-zA-Z]+) ", RegexOptions.Multiline) is { Success: true } request)
        {
            foreach (var piece in answer)
            {
                Say(piece.Replace("NONCE", request.Groups[1].Value, StringComparison.Ordinal));
            }

            CloseInput();
        }

        return Task.CompletedTask;
    }

    public void CloseInput() => _words.CompleteAdding();

    public void Abort() => _words.CompleteAdding();

    public ValueTask DisposeAsync()
    {
        _words.CompleteAdding();
        return ValueTask.CompletedTask;
    }

    private void Say(string text)
    {
        foreach (var chunk in Encoding.Latin1.GetBytes(text).Chunk(60_000))
        {
            _words.Add(chunk);
        }
    }
}
