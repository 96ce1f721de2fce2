using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>One line of a section, without its indentation.</summary>
/// <param name="Keyword">Its first word.</param>
/// <param name="Text">All of it.</param>
internal sealed record SectionLine(string Keyword, Content Text);

/// <summary>Collects the lines of one section in the order in which they are written.</summary>
/// <param name="header">Such as <c>frontend www</c>.</param>
internal sealed class SectionLines(string header)
{
    private readonly List<SectionLine> _lines = [];

    public string Header => header;

    public IReadOnlyList<SectionLine> Lines => _lines;

    /// <summary>A whole line; its first word is the keyword.</summary>
    public void Add(string line) => _lines.Add(new SectionLine(line.Split(' ')[0], Content.Text(line)));

    public void Add(string keyword, Content arguments) => _lines.Add(new SectionLine(keyword, Content.Text($"{keyword} {arguments}")));

    /// <summary>Keyword and one value, or nothing when there is none.</summary>
    public void AddIf(string keyword, string? value)
    {
        if (value is not null)
        {
            Add($"{keyword} {value}");
        }
    }

    public void AddIf(string keyword, int? value) => AddIf(keyword, value?.ToString());

    public void AddIf(string keyword, TimeSpan? value) => AddIf(keyword, value is { } time ? HaproxyText.Time(time, $"{header}: {keyword}") : null);

    public void AddIf(bool wanted, string line)
    {
        if (wanted)
        {
            Add(line);
        }
    }

    /// <summary>Puts raw lines where they want to be. Returns what is wrong with where they want to be.</summary>
    public IReadOnlyList<string> Place(IEnumerable<RawLine> raw)
    {
        var mistakes = new List<string>();
        var start = 0;
        foreach (var line in raw)
        {
            var at = line.Place switch
            {
                RawPlace.Start => start++,
                RawPlace.Before => _lines.FindIndex(l => l.Keyword == line.Neighbour),
                RawPlace.After => _lines.FindLastIndex(l => l.Keyword == line.Neighbour) is >= 0 and var last ? last + 1 : -1,
                _ => _lines.Count,
            };
            if (at >= 0)
            {
                _lines.Insert(at, new SectionLine(line.Text.TrimStart().Split(' ')[0], Content.Text(line.Text)));
            }
            else
            {
                var hint = Spelling.Suggest(line.Neighbour!, _lines.Select(l => l.Keyword));
                mistakes.Add($"{header}: the line \"{line.Text}\" shall stand beside \"{line.Neighbour}\", but no line there begins so{(hint is null ? "" : $"; {hint}")}");
            }
        }

        return mistakes;
    }

    /// <summary>The section as it stands in the file.</summary>
    public Content ToContent() => Content.Concat([Content.Text($"{header}\n"), .. _lines.Select(l => Content.Text($"    {l.Text}\n"))]);

    /// <summary>Lines that would break out of their line.</summary>
    public IEnumerable<string> BrokenLines() => _lines
        .Where(l => HaproxyText.BreaksLine(l.Text))
        .Select(l => $"{Printable(header)}: a value of \"{Printable(l.Keyword)}\" has a line break or NUL inside, which would write further lines into the configuration");

    private static string Printable(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);
}
