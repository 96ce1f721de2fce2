using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Text;

namespace Converge.Sessions.Shell;

/// <summary>
/// Small files of one folder with one owner and mode, put one right behind the other: they travel as one archive and are put in place together,
/// which costs a host a dozen processes instead of as many for each. <c>Remote/together.sh</c> is the other end.
/// </summary>
internal sealed class FileBundle
{
    // Larger ones are few, or their bytes cost more than their processes.
    private const int LargestFile = 64 * 1024;
    private const int MostFiles = 1000;

    // What the name field of a header holds; a longer name would need another kind of header.
    private const int LongestName = 100;
    private const int Block = 512;

    private readonly Dictionary<int, int> _positions = [];

    private FileBundle(IReadOnlyList<Member> members)
    {
        (Folder, Indices, Names) = (members[0].Folder, [.. members.Select(m => m.Index)], [.. members.Select(m => m.Name)]);
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var member in members)
            {
                _positions[member.Index] = (int)archive.Length + Block + 1;
                using var body = new MemoryStream(member.Item.Payload.ToArray());
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, member.Name) { Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite, DataStream = body });
            }
        }

        Archive = archive.GetBuffer().AsMemory(0, (int)archive.Length);
    }

    /// <summary>Where the files go.</summary>
    public string Folder { get; }

    /// <summary>Positions of the items in their request.</summary>
    public IReadOnlyList<int> Indices { get; }

    public IReadOnlyList<string> Names { get; }

    public ReadOnlyMemory<byte> Archive { get; }

    /// <summary>The item that stands for the bundle.</summary>
    public int First => Indices[0];

    /// <summary>Where the content of an item begins in the archive; the first byte is 1.</summary>
    public int PositionOf(int index) => _positions[index];

    /// <summary>The bundles that a request has. Only neighbours are taken together, so that items keep their order.</summary>
    public static IReadOnlyList<FileBundle> Among(IReadOnlyList<ExchangeItem> items)
    {
        // The common case, on the way of every first exchange.
        if (!items.Any(i => i is StepItem { Step: PutFile }))
        {
            return [];
        }

        var steps = items.OfType<StepItem>().CountBy(s => s.Group).ToDictionary();
        var bundles = new List<FileBundle>();
        var neighbours = new List<Member>();
        for (var i = 0; i <= items.Count; i++)
        {
            if (i < items.Count && Member.Of(i, items[i]) is { } member && steps[member.Item.Group] == 1)
            {
                neighbours.Add(member);
                continue;
            }

            var alike = neighbours.DistinctBy(m => m.Put.Path).GroupBy(m => (m.Folder, m.Put.Owner, m.Put.Group, m.Put.Mode, m.Put.Content.HasSecret));
            bundles.AddRange(alike.SelectMany(g => g.Chunk(MostFiles)).Where(c => c.Length > 1).Select(c => new FileBundle(c)));
            neighbours.Clear();
        }

        return bundles;
    }

    private sealed record Member(int Index, StepItem Item, PutFile Put, string Folder, string Name)
    {
        public static Member? Of(int index, ExchangeItem item)
        {
            if (item is not StepItem { Step: PutFile { Validation: null } put, Payload.Length: <= LargestFile } step || !put.Path.StartsWith('/'))
            {
                return null;
            }

            var slash = put.Path.LastIndexOf('/');
            var name = put.Path[(slash + 1)..];
            return name is "" or "." or ".." || Encoding.UTF8.GetByteCount(name) > LongestName ? null : new Member(index, step, put, put.Path[..slash], name);
        }
    }
}
