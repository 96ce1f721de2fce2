using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Converge.Docs.Tests.Snippets;

namespace Converge.Docs.Tests.Readme;

/// <summary>The README names every verb, option and exit code of the command, and no other.</summary>
public sealed partial class CommandTableTests : IDisposable
{
    private static readonly string _readme = Repository.Read("README.md");

    private readonly CommandRun _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Every_verb_is_in_the_table()
    {
        var table = Markdown.Table(_readme, "| command | |").Select(row => row[0].Split(' ')).ToList();

        Assert.Equal(Verbs(await _command.SaysAsync("--help")), table.Select(words => words[1]).Order());
        Assert.Equal(Verbs(await _command.SaysAsync("lab", "--help")), table.Single(words => words[1] == "lab")[2].Split('|').Order());
    }

    [Fact]
    public async Task Every_option_is_in_the_table()
    {
        var known = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var verb in Verbs(await _command.SaysAsync("--help")))
        {
            known.UnionWith(Options(await _command.SaysAsync(verb, "--help")));
        }

        foreach (var family in new[] { "lab", "drill" })
        {
            foreach (var verb in Verbs(await _command.SaysAsync(family, "--help")))
            {
                known.UnionWith(Options(await _command.SaysAsync(family, verb, "--help")));
            }
        }

        var table = Markdown.Table(_readme, "| option | |").SelectMany(row => Option().Matches(row[0])).Select(m => m.Value).Order(StringComparer.Ordinal);

        // Asking for help needs no table.
        Assert.Equal(known.Except(["-?", "-h", "--help"]), table);
    }

    [Fact]
    public async Task Every_exit_code_is_in_the_table()
    {
        var help = (await _command.SaysAsync("--help")).Split('\n').Single(l => l.StartsWith("Exit codes: ", StringComparison.Ordinal));
        var table = Markdown.Table(_readme, "| exit code | |").Select(row => $"{row[0]} {row[1].Split(':', ';')[0].Replace(",", "", StringComparison.Ordinal)}");

        Assert.Equal(help, $"Exit codes: {string.Join(", ", table)}.");
    }

    private static IEnumerable<string> Verbs(string help) => Rows(help, "Commands:").Select(l => l.Split(' ', 2)[0]).Order();

    private static IEnumerable<string> Options(string help) => Rows(help, "Options:").SelectMany(l => Option().Matches(l.Split("  ")[0])).Select(m => m.Value);

    private static IEnumerable<string> Rows(string help, string title) =>
        help.Split('\n').SkipWhile(l => l != title).Skip(1).TakeWhile(l => l.StartsWith(' ')).Select(l => l.Trim());

    [GeneratedRegex(@"(?<![\w-])--?[a-z?][a-z-]*")]
    private static partial Regex Option();
}
