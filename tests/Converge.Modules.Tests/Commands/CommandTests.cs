using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules.Tests.Commands;

public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly Command _command = new("do it") { Program = "touch", Arguments = ["/tmp/a b"], Creates = "/tmp/a b" };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_command_runs_when_its_guard_says_so()
    {
        Assert.Equal("run: needed → done because /tmp/a b is not there [touch '/tmp/a b']", Describe.Diff(_command, new CommandState(false)));
        Assert.Equal("", Describe.Diff(_command, new CommandState(true)));
        Assert.Equal(
            "run: needed → done (restart) because test -s '/tmp/x y' ended with exit code 1 [touch '/tmp/a b']",
            Describe.Diff(_command with { Creates = null, Unless = ["test", "-s", "/tmp/x y"], Impact = Impact.Restart }, new CommandState(false) { GuardExitCode = 1 }));
    }

    [Fact]
    public void A_guard_that_is_not_installed_yet_is_decided_later() =>
        Assert.Equal(
            "run: perhaps done, decided after package tool on host",
            Describe.Diff(_command with { Unless = ["tool"] }, new CommandState(false) { GuardExitCode = 127 }, "package tool"));

    [Fact]
    public void What_it_runs_with_is_passed_on()
    {
        var command = _command with { User = "app", WorkingDirectory = "/srv", Input = "x", Environment = new Dictionary<string, string> { ["A"] = "b" }, Deadline = TimeSpan.FromSeconds(3) };

        var step = (RunProgram)command.Diff(new CommandState(false), Describe.Context()).Single().Steps.Single();

        Assert.Equal(("app", "/srv", "x", "b", 3.0), (step.User, step.WorkingDirectory, step.Input!.ToString(), step.Environment["A"], step.Deadline.TotalSeconds));
    }

    [Fact]
    public void Guards_are_asked_for_real_whatever_they_are_called()
    {
        System.IO.File.WriteAllText(_folder["it's there\n"], "");
        Command[] commands =
        [
            _command with { Title = "title\nexit 0", Creates = _folder["it's there\n"] },
            _command with { Title = "größe", Creates = _folder["none"] },
            _command with { Title = "ok", Creates = null, Unless = ["test", "$(touch /tmp/pwned) 'x", "=", "$(touch /tmp/pwned) 'x"] },
            _command with { Title = "no", Creates = null, Unless = ["sh", "-c", "exit 7"] },
            _command with { Title = "gone", Creates = null, Unless = ["no-such-program"] },
            _command with { Title = "folder", Creates = null, Unless = ["test", "-e", "none"], WorkingDirectory = _folder.Path },
            _command with { Title = "no folder", Creates = null, Unless = ["true"], WorkingDirectory = _folder["nowhere"] },
            _command with { Title = "environment", Creates = null, Unless = ["sh", "-c", "test \"$A\" = \"b c\""], Environment = new Dictionary<string, string> { ["A"] = "b c" } },
            _command with { Title = "either", Creates = _folder["none"], Unless = ["true"] },
            _command with { Title = "input", Creates = null, Unless = ["sh", "-c", "read x && exit 1; exit 0"] },
        ];

        var states = Shell.Ask(Query.All(commands.Select(c => c.Query)));

        Assert.Equal([true, false, true, false, false, false, false, true, true, true], states.Select(s => s.Satisfied));
        Assert.Equal((7, 127), (states[3].GuardExitCode, states[4].GuardExitCode));
    }

    [Fact]
    public void A_guard_that_hangs_is_an_error() =>
        Assert.Equal(
            "the guard of command x did not end within 30 s",
            Assert.Throws<ProbeException>(() => new Command("x") { Program = "true", Unless = ["x"] }.Query.Read(q => Shell.Read(q, Answer.FromText("title 1\nx\nexit 124\n")))).Message);

    [Fact]
    public void A_command_without_guard_is_a_mistake() =>
        Assert.Equal(
            ["nothing says when it is needed: give Creates, a path that it makes, or Unless, a program that only looks and exits with 0 when there is nothing to do"],
            new Command("x") { Program = "true" }.Mistakes());

    [Fact]
    public void A_secret_cannot_be_an_argument() =>
        Assert.Equal(
            ["a secret is among its arguments or in its environment, where other users of the host could read it: pass it by Input"],
            (_command with { Arguments = [$"--password={Secret.FromValue("pw", "hunter2")}"] }).Mistakes());

    [Fact]
    public void Other_mistakes_are_told_at_once() =>
        Assert.Equal(
            [
                "its title is empty: say in a few words what it is for",
                "the name of a program is empty",
                "the path is relative; give an absolute one, such as /etc/motd",
                "\"A-B\" cannot be the name of an environment variable",
            ],
            new Command(" ") { Program = "", Creates = "tmp", Environment = new Dictionary<string, string> { ["A-B"] = "" } }.Mistakes());
}
