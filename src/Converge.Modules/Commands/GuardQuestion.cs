using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Converge.Modules;

/// <summary>Whether commands are needed: does a path exist, does a program say so.</summary>
internal static class GuardQuestion
{
    private const int Seconds = 30;

    // Each tuple is a title, the path, the program and its arguments as words that are quoted already, and the folder it runs in.
    private const string Script = """
        while [ $# -gt 0 ]; do
          printf 'title %s\n%s\n' "${#1}" "$1"
          if [ -n "$2" ] && { [ -e "$2" ] || [ -L "$2" ]; }; then
            echo satisfied
          elif [ -n "$3" ]; then
            ( cd -- "$4" && eval "exec $3" ) </dev/null >/dev/null 2>&1
            echo "exit $?"
          else
            echo needed
          fi
          shift 4
        done
        """;

    private static readonly Question<IReadOnlyDictionary<string, CommandState>> _question = new("guard", Script, Read);

    public static Query<CommandState> Ask(Command command) => _question
        .Ask(command.Title, command.Creates ?? "", Words(command), command.WorkingDirectory ?? "/")
        .Select(states => State(states, command));

    public static IReadOnlyDictionary<string, CommandState> Read(Answer answer)
    {
        var states = new Dictionary<string, CommandState>(StringComparer.Ordinal);
        var rest = answer.RequireSuccess("asking guards").Output.Span;
        while (!rest.IsEmpty)
        {
            // Titles may hold any character, so their length comes first.
            var length = int.Parse(Line(ref rest)[6..], CultureInfo.InvariantCulture);
            var title = Encoding.UTF8.GetString(rest[..length]);
            rest = rest[(length + 1)..];
            states[title] = Line(ref rest).Split(' ') switch
            {
                ["satisfied"] => new CommandState(true),
                ["exit", var code] => new CommandState(code == "0") { GuardExitCode = int.Parse(code, CultureInfo.InvariantCulture) },
                _ => new CommandState(false),
            };
        }

        return states;
    }

    private static CommandState State(IReadOnlyDictionary<string, CommandState> states, Command command)
    {
        var state = states.TryGetValue(command.Title, out var found) ? found : throw new ProbeException($"the host did not say whether {command} is needed");
        return state.GuardExitCode is 124 or 137
            ? throw new ProbeException($"the guard of {command} did not end within {Seconds} s", "A guard only looks: let it answer fast, and from this host alone.")
            : state;
    }

    private static string Words(Command command)
    {
        if (command.Unless is null)
        {
            return "";
        }

        string[] limit = ["timeout", "-k", "1", Seconds.ToString(CultureInfo.InvariantCulture)];
        string[] user = command.User is null ? [] : ["runuser", "-u", command.User, "--"];
        string[] environment = command.Environment.Count == 0 ? [] : ["env", .. command.Environment.Select(e => $"{e.Key}={e.Value}")];
        return string.Join(' ', limit.Concat(user).Concat(environment).Concat(command.Unless).Select(ShellQuote.Word));
    }

    private static string Line(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(rest[..end]);
        rest = rest[(end + 1)..];
        return line;
    }
}
