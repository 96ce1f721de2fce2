using System;
using System.Collections.Generic;

namespace Converge;

/// <summary>
/// Masks secrets in lines that come one by one. A line that may end within a secret waits for the next one, which shows whether it does; of a secret
/// that a tool breaks over lines, up to three characters may have been told before.
/// </summary>
internal sealed class RedactedLines
{
    // What still goes on after so many lines is none, and a tool must not be made silent.
    private const int MostHeld = 200;
    private const int Told = 3;

    private readonly List<string> _held = [];
    private string _before = "";

    /// <summary>Takes a line, and gives what can be told by now.</summary>
    public IReadOnlyList<string> Next(string line)
    {
        if (Redaction.Known is not { } known)
        {
            return [line];
        }

        _held.Add(line);
        return _held.Count < MostHeld && known.MayGoOn(_before + string.Join('\n', _held)) ? [] : End();
    }

    /// <summary>No line follows: gives what has waited.</summary>
    public IReadOnlyList<string> End()
    {
        if (_held.Count == 0)
        {
            return [];
        }

        var text = string.Join('\n', _held);
        var masked = Redaction.Known is { } known ? known.Mask(_before + text, _before.Length) : text;
        _before = text[^Math.Min(Told, text.Length)..] + "\n";
        _held.Clear();
        return masked.Split('\n');
    }
}
