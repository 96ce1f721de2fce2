using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace Converge.Modules;

/// <summary>The answer to <see cref="PathQuestion"/>, by path.</summary>
internal sealed class PathAnswers
{
    private readonly Dictionary<string, FileState> _states = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, FileState> States => _states;

    /// <exception cref="ProbeException">The path was not among those asked.</exception>
    public FileState this[string path] =>
        _states.TryGetValue(path, out var state) ? state : throw new ProbeException($"the host did not say what is at {path}");

    public static PathAnswers Read(Answer answer)
    {
        var answers = new PathAnswers();
        var paths = new List<string>();
        var states = new List<FileState>();
        var reader = new ByteReader(answer.Output);
        while (reader.TryLine(out var line))
        {
            var words = line.Split(' ', 4);
            switch (words[0])
            {
                case "path":
                    paths.Add(reader.Text(int.Parse(words[1], CultureInfo.InvariantCulture)));
                    states.Add(FileState.Missing);
                    break;
                case "link":
                    Update(states, words[1], s => s with { Target = reader.Text(int.Parse(words[2], CultureInfo.InvariantCulture)) });
                    break;
                case "orphan":
                    Update(states, words[1], s => s with { FolderMissing = true });
                    break;
                case "stat":
                    Update(states, words[1], s => Stat(s, line.Split(' ', 3)[2]));
                    break;
                case "sum" when words[2] != "-":
                    Update(states, words[1], s => s with { Sha256 = words[2] });
                    break;
                case "contents":
                    var all = line.Split(' ');
                    Cut(states, all[1..^1], Convert.FromBase64String(all[^1]));
                    break;
            }
        }

        answers.Fill(paths, states);
        return answers;
    }

    // One path may be asked by several, each wanting to know more or less.
    private void Fill(List<string> paths, List<FileState> states)
    {
        for (var i = 0; i < paths.Count; i++)
        {
            _states[paths[i]] = _states.TryGetValue(paths[i], out var other)
                ? states[i] with { Sha256 = states[i].Sha256.Length > 0 ? states[i].Sha256 : other.Sha256, Content = states[i].Content ?? other.Content }
                : states[i];
        }
    }

    // Positions are those of the second word of each tuple: 2, 4, 6, …
    private static void Update(List<FileState> states, string position, Func<FileState, FileState> change)
    {
        var index = (int.Parse(position, CultureInfo.InvariantCulture) / 2) - 1;
        states[index] = change(states[index]);
    }

    // A file that was written to after its hash was taken has moved those behind it: what is not its own content is nobody's.
    private static void Cut(List<FileState> states, string[] positions, ReadOnlyMemory<byte> all)
    {
        foreach (var position in positions)
        {
            Update(states, position, s =>
            {
                var own = positions.Length == 1 ? all : all[..(int)Math.Min(s.Size, all.Length)];
                all = all[own.Length..];
                return Convert.ToHexStringLower(SHA256.HashData(own.Span)) == s.Sha256 ? s with { Content = own } : s;
            });
        }
    }

    private static FileState Stat(FileState state, string line)
    {
        if (line == "-")
        {
            return state;
        }

        // 81a4 1234 1700000000 0 0 root:root
        var words = line.Split(' ', 6);
        var names = words[5].Split(':', 2);
        var mode = Convert.ToInt32(words[0], 16);
        return state with
        {
            Kind = (mode & 0xF000) switch
            {
                0x8000 => PathKind.File,
                0x4000 => PathKind.Directory,
                0xA000 => PathKind.Symlink,
                _ => PathKind.Other,
            },
            Mode = (UnixFileMode)(mode & 0xFFF),
            Size = long.Parse(words[1], CultureInfo.InvariantCulture),
            ChangedAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(words[2], CultureInfo.InvariantCulture)),
            OwnerId = int.Parse(words[3], CultureInfo.InvariantCulture),
            GroupId = int.Parse(words[4], CultureInfo.InvariantCulture),
            Owner = names[0] == "UNKNOWN" ? words[3] : names[0],
            Group = names[1] == "UNKNOWN" ? words[4] : names[1],
        };
    }

    private sealed class ByteReader(ReadOnlyMemory<byte> bytes)
    {
        private int _position;

        public bool TryLine(out string line)
        {
            var rest = bytes.Span[_position..];
            var end = rest.IndexOf((byte)'\n');
            line = end < 0 ? "" : Encoding.UTF8.GetString(rest[..end]);
            _position += end + 1;
            return end >= 0;
        }

        public string Text(int length) => Encoding.UTF8.GetString(Bytes(length).Span);

        // What is read is followed by a newline of the frame.
        public ReadOnlyMemory<byte> Bytes(int length)
        {
            var slice = bytes.Slice(_position, length);
            _position += length + 1;
            return slice;
        }
    }
}
