using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

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
    /// version of nft and of the kernel write it. That takes longer than all else that is asked of a host, so it is left out where table and
    /// file are what they were right after the file was loaded (<see cref="Record"/>). Arguments: family, table, file.
    /// </summary>
    public static Question<IReadOnlyDictionary<(string Family, string Table, string Path), NftTableState>> Question { get; } = new("nft-table", """
        command -v nft >/dev/null 2>&1 || exit 0
        nl='
        '
        while [ $# -ge 3 ]; do
          printf 'table %s %s %s\n' "$1" "$2" "$3"
          live=$(nft -s list table "$1" "$2" 2>/dev/null) && printf 'live %s\n%s\n' "${#live}" "$live"
          record=/var/lib/converge/nft/$1.$2
          if [ "$live" ] && [ -f "$3" ] && { read -r first && read -r second; } 2>/dev/null <"$record" &&
            sums=$(sha256sum - "$3" <<END
        $live
        END
            ) && [ "$sums" = "$first$nl$second" ]; then
            printf 'file %s\n%s\n' "${#live}" "$live"
          elif [ -f "$3" ]; then
            if text=$(unshare -n sh -c 'nft -f "$3" && nft -s list table "$1" "$2"' sh "$1" "$2" "$3" 2>&1); then
              printf 'file %s\n%s\n' "${#text}" "$text"
            else
              printf 'unable %s\n%s\n' "${#text}" "$text"
            fi
          fi
          shift 3
        done
        """, Read);

    /// <summary>Writes down, once a file is loaded, the hashes of what nft lists then and of the file, in the form of sha256sum.</summary>
    public static RunProgram Record(string family, string table, string path) => new("sh", ["-c", """
        live=$(nft -s list table "$1" "$2") && mkdir -p /var/lib/converge/nft || exit
        printf '%s\n' "$live" | sha256sum - "$3" >"/var/lib/converge/nft/.$1.$2" && mv -f "/var/lib/converge/nft/.$1.$2" "/var/lib/converge/nft/$1.$2"
        """, "sh", family, table, path]) { AgainOnUndo = true, Shown = ["nft", "-s", "list", "table", family, table] };

    private static Dictionary<(string Family, string Table, string Path), NftTableState> Read(Answer answer)
    {
        var tables = new Dictionary<(string, string, string), NftTableState>();

        // Lengths count bytes; a comment that somebody added may have any.
        var text = Encoding.Latin1.GetString(answer.Output.Span);
        (string, string, string) current = default;
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            var line = end < 0 ? throw new FormatException($"a line without an end: {text[at..]}") : text[at..end];
            at = end + 1;
            switch (line.Split(' ', 4))
            {
                case ["table", var family, var table, var path]:
                    current = (family, table, path);
                    tables[current] = Missing;
                    break;
                case [var part, var size]:
                    var length = int.Parse(size, CultureInfo.InvariantCulture);
                    var listing = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text.Substring(at, length)));
                    tables[current] = part switch
                    {
                        "live" => tables[current] with { Live = listing },
                        "file" => tables[current] with { InFile = listing },
                        _ => tables[current] with { Unable = listing },
                    };
                    at += length + 1;
                    break;
                default:
                    throw new FormatException($"a line out of place: {line}");
            }
        }

        return tables;
    }
}
