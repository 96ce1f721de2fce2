namespace Converge.Modules;

/// <summary>How a table of the packet filter, and the file that loads it at boot, become again what they were.</summary>
internal static class NftWayBack
{
    public static WayBack Of(string family, string table, string path)
    {
        var words = $"set -- {ShellQuote.Word(family)} {ShellQuote.Word(table)} {ShellQuote.Word(path)}";
        return new WayBack($"nft table {family} {table}", $"{words}\n{Keep}", $"{words}\n{PutBack}");
    }

    private const string Keep = """
        nft -s list table "$1" "$2" >old 2>/dev/null || rm -f old
        """;

    // The file was replaced before the rules were, so it is written from the rules that were live: else the next boot would load what cut us off.
    private const string PutBack = """
        if [ -e old ]; then
          { printf 'table %s %s\ndelete table %s %s\n' "$1" "$2" "$1" "$2"; cat old; } >rules && nft -f rules || exit 1
          new=${3%/*}/.${3##*/}.converge.way-back-of-nft
          cp rules "$new" && chmod 0640 "$new" && mv -T -f "$new" "$3"
        else
          nft delete table "$1" "$2"
          rm -f "$3"
        fi
        """;
}
