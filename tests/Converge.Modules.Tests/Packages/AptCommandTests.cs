using System;
using System.Linq;

namespace Converge.Modules.Tests.Packages;

/// <summary>The shell text around apt-get, for real, with a program in its place that knows two packages.</summary>
public sealed class AptCommandTests : IDisposable
{
    private const string Stand = """
        #!/bin/sh
        echo "$@" >>"$0.calls"
        code=0
        for a; do
          case $a in
            nosuch | nosuch=*) echo "E: Unable to locate package nosuch" >&2; code=100 ;;
            virtual) echo "E: Package 'virtual' has no installation candidate" >&2; code=100 ;;
            one=*) echo "E: Version '${a#*=}' for 'one' was not found" >&2; code=100 ;;
            broken) echo "E: Sub-process /usr/bin/dpkg returned an error code (1)" >&2; code=100 ;;
            locked) echo "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt)" >&2; code=100 ;;
          esac
        done
        [ "$code" != 0 ] || echo done
        exit "$code"
        """;

    private readonly TemporaryFolder _folder = new();

    public AptCommandTests()
    {
        System.IO.File.WriteAllText(_folder["apt"], Stand);
        Shell.Run("chmod", ["755", _folder["apt"]]).RequireSuccess("chmod");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_apt_knows_is_installed_in_one_call()
    {
        var answer = Install("one", "two");

        Assert.Equal((0, "done\n", ""), (answer.ExitCode, answer.Text, answer.Error));
        Assert.Equal(["one two"], Calls);
    }

    [Theory]
    [InlineData("nosuch", "E: Unable to locate package nosuch\n")]
    [InlineData("nosuch=1.0", "E: Unable to locate package nosuch\n")]
    [InlineData("virtual", "E: Package 'virtual' has no installation candidate\n")]
    [InlineData("one=9.*", "E: Version '9.*' for 'one' was not found\n")]
    public void What_apt_does_not_know_is_left_out_and_said(string unknown, string words)
    {
        var answer = Install("one", unknown, "two");

        Assert.Equal((0, "done\n", words), (answer.ExitCode, answer.Text, answer.Error));
        Assert.Equal([$"one {unknown} two", "one two"], Calls);
    }

    [Fact]
    public void Where_apt_knows_none_nothing_is_tried_again()
    {
        var answer = Install("nosuch", "virtual");

        Assert.Equal("E: Unable to locate package nosuch\nE: Package 'virtual' has no installation candidate\n", answer.Error);
        Assert.Equal(["nosuch virtual"], Calls);
    }

    [Fact]
    public void Any_other_failure_is_one_of_all()
    {
        var answer = Install("one", "broken");

        Assert.Equal((100, "E: Sub-process /usr/bin/dpkg returned an error code (1)\n"), (answer.ExitCode, answer.Error));
        Assert.Equal(["one broken"], Calls);
    }

    [Fact]
    public void When_the_wait_for_a_lock_is_over_its_holder_is_said()
    {
        var answer = Install("locked");

        Assert.Equal((100, "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt)\n"), (answer.ExitCode, answer.Error));
    }

    private string[] Calls => [.. System.IO.File.ReadAllLines(_folder["apt.calls"]).Select(l => l[(l.IndexOf("recommends ", StringComparison.Ordinal) + 11)..])];

    private Answer Install(params string[] packages)
    {
        var package = new Package("any") { LockWait = TimeSpan.Zero };
        var step = (RunProgram)package.Diff(new PackageState { Candidate = "1" }, Describe.Context()).Single().Steps.Single();

        return Shell.Run(step.Program, [.. step.Arguments.Select(a => a == "apt-get" ? _folder["apt"] : a), .. packages]);
    }
}
