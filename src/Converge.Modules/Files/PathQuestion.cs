using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>What is at a path: one <c>stat</c>, one <c>sha256sum</c> and one <c>cat</c> for all paths of a host, content only where it differs.</summary>
internal static class PathQuestion
{
    /// <summary>Longest content that is brought back to be compared line by line, in bytes.</summary>
    public const int LargestShown = 256 * 1024;

    // Names are written with their length in front of them: they may hold any byte but NUL. The eval sees only positions ("${12}"), never
    // a name. When a file vanishes or cannot be read half-way, the tools print fewer lines than they were given names; then each name is
    // asked alone, so that no file is ever told another's hash. Content comes in base64, which ends where its line does, whatever the file does
    // meanwhile; that of all files in one piece, since a program for each would take longer than all else. Where each begins is known from the
    // sizes, and that it is that one from the hashes. The kernel's own files have sizes that mean nothing.
    private const string Script = """
        nl='
        '
        i=0 all= files=
        while [ "$i" -lt "$#" ]; do
          i=$((i+2))
          eval "p=\${$((i-1))} w=\${$i}"
          printf 'path %s\n%s\n' "${#p}" "$p"
          if [ -L "$p" ]; then
            t=$(readlink -n -- "$p"; echo x)
            t=${t%x}
            printf 'link %s %s\n%s\n' "$i" "${#t}" "$t"
            all="$all $i"
          elif [ -e "$p" ]; then
            all="$all $i"
            if [ -n "$w" ] && [ -f "$p" ]; then files="$files $i"; fi
          elif ! [ -d "${p%/*}/" ]; then
            echo "orphan $i"
          fi
        done
        stats= sums= a=
        for i in $all; do a="$a \"\${$((i-1))}\""; done
        if [ -n "$a" ]; then
          stats=$(eval "exec stat -c '%f %s %Z %u %g %U:%G' --$a") ||
            stats=$(for i in $all; do eval "stat -c '%f %s %Z %u %g %U:%G' -- \"\${$((i-1))}\"" || echo -; done)
        fi
        a=
        for i in $files; do a="$a \"\${$((i-1))}\""; done
        if [ -n "$a" ]; then
          sums=$(eval "exec sha256sum --$a") ||
            sums=$(for i in $files; do eval "sha256sum -- \"\${$((i-1))}\"" || echo -; done)
        fi
        set -f
        IFS=$nl
        rest=$all
        for line in $stats; do
          rest=${rest# }; i=${rest%% *}; rest=${rest#"$i"}
          printf 'stat %s %s\n' "$i" "$line"
          size=${line#* }; size=${size%% *}
          eval "s$i=\$size"
        done
        rest=$files shown= b=
        for line in $sums; do
          rest=${rest# }; i=${rest%% *}; rest=${rest#"$i"}
          line=${line#\\}; sum=${line%% *}
          printf 'sum %s %s\n' "$i" "$sum"
          eval "p=\${$((i-1))} w=\${$i}"
          if [ "$w" = hash ] || [ "$w" = "$sum" ] || [ "$sum" = - ]; then continue; fi
          eval "size=\$s$i"
          if [ "$size" -gt 262144 ]; then continue; fi
          case $p in
            /proc/* | /sys/*)
              printf 'contents %s ' "$i"
              base64 -w0 -- "$p"
              echo
              ;;
            *) shown="$shown $i" b="$b \"\${$((i-1))}\"" ;;
          esac
        done
        if [ -n "$b" ]; then
          printf 'contents%s ' "$shown"
          case $shown in
            ' '*' '*) eval "exec cat --$b" 2>/dev/null | base64 -w0 ;;
            *) eval "base64 -w0 --$b" 2>/dev/null ;;
          esac
          echo
        fi
        """;

    private static readonly Question<PathAnswers> Question = new("path", Script, PathAnswers.Read);

    /// <summary>Only kind, owner and mode.</summary>
    public static Query<FileState> Ask(string path) => Ask(path, "");

    /// <summary>Also the hash, but never the content.</summary>
    public static Query<FileState> AskHash(string path) => Ask(path, "hash");

    /// <summary>Also the hash, and the content where it differs from the wanted one.</summary>
    public static Query<FileState> AskContent(string path, Content wanted) => wanted switch
    {
        // A hash of content with a secret would let whoever reads it try out secrets.
        { HasSecret: true } => Ask(path, "hash"),
        { HasFact: true } => Ask(path, "-"),
        _ => Ask(path, wanted.Sha256(null)),
    };

    /// <summary>Parses a recorded answer, for tests.</summary>
    public static IReadOnlyDictionary<string, FileState> Parse(Answer answer) => PathAnswers.Read(answer).States;

    internal static string Text => Script;

    private static Query<FileState> Ask(string path, string wanted) => Question.Ask(path, wanted).Select(answers => answers[path]);
}
