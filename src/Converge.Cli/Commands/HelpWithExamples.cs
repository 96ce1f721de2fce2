using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Converge.Cli.Commands;

/// <summary>The usual help, and below it commands to copy.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    // Independent of the terminal, so that help reads the same in a pipe, a document and a test.
    private const int Width = 110;

    // It is help that was asked for: what else is wrong with the command line does not matter.
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        new HelpAction { MaxWidth = Width }.Invoke(parseResult);
        if (Examples(parseResult.CommandResult.Command.Name) is { } examples)
        {
            parseResult.InvocationConfiguration.Output.Write($"Examples:\n{examples}\n\n");
        }

        return ExitCode.Done;
    }

    private static string? Examples(string verb) => verb switch
    {
        "check" =>
            """
              converge check site.csx
              converge check site.csx --var db=mariadb
            """,
        "plan" =>
            """
              converge plan site.csx
              converge plan site.csx --hosts 'role:lb and not lb2' --no-diff
              converge plan site.csx --detailed-exitcode --json
            """,
        "apply" =>
            """
              converge apply site.csx
              converge apply site.csx --yes --hosts 'web*'
              converge apply site.csx --ssh-config lab/ssh_config --accept-new-host-keys
              CONVERGE_SUDO_PASSWORD=… converge apply site.csx
              converge apply site.csx --probe http://www.example.com/
            """,
        "render" =>
            """
              converge render site.csx --out rendered
            """,
        "graph" =>
            """
              converge graph site.csx > site.mmd
            """,
        "facts" =>
            """
              converge facts site.csx --hosts db1
            """,
        "failover" =>
            """
              converge drill failover site.csx --cluster www
              converge drill failover site.csx --cluster www --probe http://www.example.com/ --probe-address 192.0.2.100
            """,
        "lab" =>
            """
              converge lab up examples/foobar/lab.json
              converge lab status --json
              converge lab exec lb1 -- systemctl status haproxy
              converge lab down
            """,
        "converge" =>
            """
              converge check site.csx     does it compile, does it fit together?
              converge plan site.csx      what would change?
              converge apply site.csx     do it
            Exit codes: 0 done, 1 failed, 2 wrong use or a script with mistakes.
            """,
        _ => null,
    };
}
