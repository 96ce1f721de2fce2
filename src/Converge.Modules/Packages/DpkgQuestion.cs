using System;
using System.Collections.Generic;
using System.Globalization;

namespace Converge.Modules;

/// <summary>What dpkg and apt know of packages. With nothing to install it costs one reading of dpkg's file; apt, which is slow, is asked only for what is missing.</summary>
internal static class DpkgQuestion
{
    /// <summary>Wanted version of a package that shall be absent.</summary>
    public const string Absent = "-";

    // Names and versions have been checked to be plain words, so that lists of them may be split by the shell. The third word of each line of
    // dpkg-query is what somebody wants of it (hold), the fourth whether it is broken, the fifth how far it got. dpkg-query takes in all that is
    // known of all packages, ten milliseconds of every host's processor; awk finds the stanzas in question (deb822(5)) in a fraction of that. It is
    // left to dpkg-query where the file is not the whole truth yet, a name has an architecture, or a stanza is not as expected.
    private const string Script = """
        command -v dpkg-query >/dev/null || { echo none; exit; }
        set -f
        nl='
        '
        i=0 names=
        for a; do
          i=$((i+1))
          if [ $((i % 2)) = 1 ]; then names="$names $a"; fi
        done
        in_file() {
          set +f
          case $names in *:*) return 1 ;; esac
          for f in /var/lib/dpkg/updates/[0-9]*; do
            if [ -e "$f" ]; then return 1; fi
          done
          exec awk -v "names= $names " '
            /^Package: / { name = index(names, " " $2 " ") ? $2 : ""; status = arch = version = "" }
            name == "" { next }
            /^Status: / { status = $2 " " $3 " " $4 }
            /^Architecture: / { arch = $2 }
            /^Version: / { version = $2 }
            /^$/ { tell() }
            END { tell() }
            function tell() {
              if (name == "") return
              if (status == "" || arch == "" || version == "") exit 1
              print "dpkg", name, arch, status, version
              name = ""
            }' /var/lib/dpkg/status
        }
        known=$(in_file 2>/dev/null) ||
          known=$(dpkg-query -W -f 'dpkg ${Package} ${Architecture} ${db:Status-Want} ${db:Status-Eflag} ${db:Status-Status} ${Version}\n' $names)
        code=$?
        if [ "$code" -gt 1 ]; then exit "$code"; fi
        printf '%s\n' "$known"
        missing= specs=
        while [ $# -gt 0 ]; do
          name=${1%%:*} want=$2 version=
          # Line by line: to cut all of it at a name takes a shell time in the square of its length.
          IFS=$nl
          for line in $known; do
            case $line in
              "dpkg $name "*' ok installed '*) version=${line##* } ;;
              "dpkg $name "*) ;;
              *) continue ;;
            esac
            break
          done
          IFS=' '
          if [ "$want" = - ]; then
            if [ -n "$version" ]; then specs="$specs $1-"; fi
          else
            case $version in
              '') missing="$missing $1" specs="$specs $1${want:+=$want}" ;;
              ${want:-*}) ;;
              *) missing="$missing $1" specs="$specs $1${want:+=$want}" ;;
            esac
          fi
          shift 2
        done
        if [ -n "$specs" ]; then
          apt-get -s -qq --no-install-recommends install $specs 2>/dev/null |
            while read -r verb name rest; do
              case $verb,$specs' ' in
                Remv,*" $name- "*) ;;
                Remv,*) printf 'removes %s\n' "$name" ;;
              esac
            done
        fi
        set +f
        for f in /var/lib/dpkg/updates/[0-9]*; do
          if [ -e "$f" ]; then echo interrupted; break; fi
        done
        if [ -n "$missing" ]; then
          printf 'now '; date +%s
          stat -c 'list %Z' /var/lib/apt/lists/*_* 2>/dev/null
          stat -c 'source %Z' /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/sources.list.d/* 2>/dev/null
          apt-cache policy $missing
        fi
        :
        """;

    private static readonly Question<Answers> _question = new("dpkg", Script, Read);

    public static Query<PackageState> Ask(string package, string wanted) => _question.Ask(package, wanted).Select(answers => answers[package]);

    public static Answers Read(Answer answer)
    {
        var answers = new Answers();
        var (now, list, source) = (0L, 0L, 0L);
        string? policy = null;
        foreach (var line in answer.RequireSuccess("dpkg-query").Text.Split('\n'))
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "none":
                    throw new ProbeException("the host has no dpkg", "Package speaks only to Debian and its kin so far.");
                case "dpkg":
                    answers.Add($"{words[1]}:{words[2]}", words[1], Known(words));
                    break;
                case "removes":
                    answers.Removes.Add(words[1]);
                    break;
                case "interrupted":
                    answers.Interrupted = true;
                    break;
                case "now":
                    now = Number(words[1]);
                    break;
                case "list":
                    list = Math.Max(list, Number(words[1]));
                    break;
                case "source":
                    source = Math.Max(source, Number(words[1]));
                    break;
                default:
                    policy = Policy(answers, policy, line);
                    break;
            }
        }

        answers.ListsStale = now > 0 && (now - list > TimeSpan.SecondsPerDay || source > list);
        return answers;
    }

    private static PackageState Known(string[] words) => new()
    {
        Held = words[3] == "hold",
        NeedsReinstall = words[4] == "reinstreq",
        Status = words[5],
        Version = words.Length > 6 && words[6].Length > 0 ? words[6] : null,
    };

    // haproxy:
    //   Candidate: 2.6.12-1+deb12u4
    //   Version table:
    //  *** 2.6.12-1+deb12u4 500
    //         500 http://… bookworm/main amd64 Packages
    private static string? Policy(Answers answers, string? package, string line)
    {
        if (line.Length > 0 && line[0] != ' ')
        {
            return line.TrimEnd(':');
        }

        if (package is not null && line.StartsWith("  Candidate: ", StringComparison.Ordinal) && line[13..] is not "(none)" and var candidate)
        {
            answers.Policies[package] = answers.Policy(package) with { Candidate = candidate };
        }
        else if (package is not null && line.Length > 5 && line[5] != ' ' && line[..5] is "     " or " *** ")
        {
            answers.Policies[package] = answers.Policy(package) with { Versions = [.. answers.Policy(package).Versions, line[5..].Split(' ')[0]] };
        }

        return package;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The packages of a host that were asked about.</summary>
    internal sealed class Answers
    {
        private readonly Dictionary<string, PackageState> _installed = new(StringComparer.Ordinal);

        public Dictionary<string, PackageState> Policies { get; } = new(StringComparer.Ordinal);

        public List<string> Removes { get; } = [];

        public bool ListsStale { get; set; }

        public bool Interrupted { get; set; }

        public PackageState this[string package] => _installed.GetValueOrDefault(package, new PackageState()) with
        {
            Candidate = Policy(package).Candidate,
            Versions = Policy(package).Versions,
            ListsStale = ListsStale,
            Interrupted = Interrupted,
            Removes = Removes,
        };

        public PackageState Policy(string package) => Policies.GetValueOrDefault(package, new PackageState());

        // A package may be there for several architectures; the one that is installed counts.
        public void Add(string qualified, string name, PackageState state)
        {
            _installed[qualified] = state;
            if (!_installed.TryGetValue(name, out var other) || other.Status != "installed")
            {
                _installed[name] = state;
            }
        }
    }
}
