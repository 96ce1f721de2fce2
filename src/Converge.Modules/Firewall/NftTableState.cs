using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>A table as the kernel has it, and as its file would make it; both in nft's own normal form.</summary>
/// <param name="Live">Null: there is no such table.</param>
/// <param name="InFile">Null: the file is missing or not loadable.</param>
internal sealed record NftTableState(string? Live, string? InFile)
{
    public static NftTableState Missing { get; } = new(null, null);

    /// <summary>Why the file could not be brought into normal form; null where it could, or is missing.</summary>
    public string? Unable { get; init; }

    /// <summary>
    /// The file is loaded into a network namespace that lives for this one command: nft then lists what the file means, exactly as this
    /// version of nft and of the kernel write it, with nothing recorded and nothing changed. Arguments: family, table, file.
    /// </summary>
    public static Question<IReadOnlyDictionary<(string Family, string Table, string Path), NftTableState>> Question { get; } = new("nft-table", """
        command -v nft >/dev/null 2>&1 || exit 0
        while [ $# -ge 3 ]; do
          printf 'table %s %s %s\n' "$1" "$2" "$3"
          nft -s list table "$1" "$2" 2>/dev/null | sed 's/^/live /'
          if [ -f "$3" ]; then
            if text=$(unshare -n sh -c 'nft -f "$3" && nft -s list table "$1" "$2"' sh "$1" "$2" "$3" 2>&1); then
              printf '%s\n' "$text" | sed 's/^/file /'
            else
              printf '%s\n' "$text" | sed 's/^/unable /'
            fi
          fi
          shift 3
        done
        """, Read);

    private static Dictionary<(string Family, string Table, string Path), NftTableState> Read(Answer answer)
    {
        var tables = new Dictionary<(string, string, string), NftTableState>();
        var lines = answer.Text.Split('\n').SkipLast(1).ToList();
        for (var i = 0; i < lines.Count;)
        {
            if (lines[i].Split(' ', 4) is not ["table", var family, var table, var path])
            {
                throw new FormatException($"a line out of place: {lines[i]}");
            }

            var entry = lines.Skip(i + 1).TakeWhile(l => !l.StartsWith("table ", StringComparison.Ordinal)).ToList();
            tables[(family, table, path)] = new NftTableState(Part(entry, "live "), Part(entry, "file ")) { Unable = Part(entry, "unable ") };
            i += 1 + entry.Count;
        }

        return tables;
    }

    private static string? Part(IReadOnlyList<string> lines, string prefix)
    {
        var own = lines.Where(l => l.StartsWith(prefix, StringComparison.Ordinal)).Select(l => l[prefix.Length..]).ToList();
        return own.Count == 0 ? null : string.Join('\n', own);
    }
}
