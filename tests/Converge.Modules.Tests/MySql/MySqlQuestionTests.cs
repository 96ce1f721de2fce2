using System;
using System.Linq;
using System.Threading.Tasks;
using Converge.Testing;

namespace Converge.Modules.Tests;

/// <summary>The shell texts themselves, run by this machine's sh with programs of the test's own.</summary>
public sealed class MySqlQuestionTests : IDisposable
{
    private static readonly MySqlDatabase Foobar = new("foobar");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_client_is_started_for_all_who_ask_and_names_are_digits()
    {
        Program("mysql", "printf 'client was given: %s\\n' \"$*\"; cat");
        Inquiry[] inquiries =
        [
            .. Foobar.Query.Inquiries,
            .. new MySqlSchema("$(id)`id`';", Foobar) { Sql = "" }.Query.Inquiries,
            .. new MySqlUser("app", "10.77.0.31").Query.Inquiries,
        ];

        var answer = Ask([.. inquiries.SelectMany(i => i.Arguments)]);

        Assert.Single(inquiries.Select(i => i.Question).Distinct());
        Assert.Equal("", answer.Error);
        await Verifier.Verify(answer.Text.Replace("server\tfound", "server\tnone", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_client_nothing_is_started()
    {
        var answer = Ask("user", "617070", "25");

        Assert.Equal((0, "client\t"), (answer.ExitCode, answer.Text.Split('\n')[0]));
    }

    [Fact]
    public void The_client_of_MariaDb_goes_by_its_own_name()
    {
        Program("mysql", "echo wrong");
        Program("mariadb", "cat >/dev/null; echo right");

        Assert.EndsWith("right\n", Ask().Text);
    }

    [Fact]
    public void Exit_code_and_words_of_the_client_arrive()
    {
        Program("mysql", "cat >/dev/null; echo 'ERROR 2002' >&2; exit 1");

        var answer = Ask();

        Assert.Equal((1, "ERROR 2002\n"), (answer.ExitCode, answer.Error));
    }

    [Theory]
    [InlineData("exit 0", 0, "")]
    [InlineData("echo '[Warning] option port adjusted' >&2; exit 0", 0, "")]
    [InlineData("echo '[Note] starting' >&2; echo '[ERROR] Parsing options for InnoDB failed. Disabling plugin' >&2; exit 0", 1, "[ERROR] Parsing options for InnoDB failed. Disabling plugin\n")]
    [InlineData("echo 'Character set nope is not compiled' >&2; exit 3", 3, "Character set nope is not compiled\n")]
    public void A_configuration_that_MariaDb_would_not_start_with_is_refused(string daemon, int code, string said)
    {
        Program("mariadbd", $"test \"$1\" = '--defaults-file=/tmp/new file' || exit 9; {daemon}");

        var answer = Check(MySqlFlavor.MariaDb);

        Assert.Equal((code, said), (answer.ExitCode, answer.Error));
    }

    [Fact]
    public void MySql_checks_its_configuration_itself()
    {
        Program("mysqld", "echo \"$1|$2\" >&2; exit 1");

        var answer = Check(MySqlFlavor.MySql);

        Assert.Equal((1, "--defaults-file=/tmp/new file|--validate-config\n"), (answer.ExitCode, answer.Error));
    }

    private Answer Check(MySqlFlavor flavor)
    {
        var validation = MySqlConfig.CheckOf(flavor);
        return Run([validation.Program, .. validation.Arguments.Select(a => a == Validation.NewFile ? "/tmp/new file" : a)]);
    }

    private Answer Ask(params string[] arguments) => Run(["sh", "-c", Foobar.Query.Inquiries[0].Question.Script, "sh", .. arguments]);

    // Only the tools that the texts name, so that a database client of this machine is not found.
    private Answer Run(string[] command)
    {
        foreach (var tool in new[] { "sh", "cat", "grep", "mktemp", "rm" })
        {
            System.IO.File.CreateSymbolicLink(_folder[tool], $"/bin/{tool}");
        }

        return Shell.Run("env", [$"PATH={_folder.Path}", .. command]);
    }

    private void Program(string name, string body)
    {
        System.IO.File.WriteAllText(_folder[name], $"#!/bin/sh\n{body}\n");
        Shell.Run("chmod", ["0700", _folder[name]]).RequireSuccess("chmod");
    }
}
