using System.Linq;

namespace Converge.Modules.Tests.Packages;

public sealed class DpkgQuestionTests
{
    // Recorded on a minimal installation of each suite, with a repository of our own that has four versions of "demo":
    // asked for bash, nonsuch, haproxy, demo 1.*, mail-transport-agent (a virtual package) and telnetd (absent).
    [Theory]
    [InlineData("bookworm.txt", "5.2.15-2+b13", "2.6.12-1+deb12u3")]
    [InlineData("trixie.txt", "5.2.37-2+b10", "3.0.11-1+deb13u4")]
    [InlineData("sid.txt", "5.3-4", "3.2.26-1")]
    public void Each_suite_is_read(string fixture, string bash, string haproxy)
    {
        var answers = DpkgQuestion.Read(Fixture.Read(fixture));

        Assert.Equal(("installed", bash), (answers["bash"].Status, answers["bash"].Version));
        Assert.Null(answers["haproxy"].Version);
        Assert.Equal(haproxy, answers["haproxy"].Candidate);
        Assert.Equal(("not-installed", null, null), (answers["nonsuch"].Status, answers["nonsuch"].Version, answers["nonsuch"].Candidate));
        Assert.Null(answers["mail-transport-agent"].Candidate);
        Assert.False(answers["bash"].ListsStale);
        Assert.False(answers["bash"].Interrupted);
    }

    [Fact]
    public void All_versions_that_apt_knows_are_read_newest_first() =>
        Assert.Equal(["2.0", "2.0~rc1", "1.1", "1.0"], DpkgQuestion.Read(Fixture.Read("bookworm.txt"))["demo"].Versions);

    [Fact]
    public void What_a_killed_run_left_and_what_is_held_is_read()
    {
        var answers = DpkgQuestion.Read(Fixture.Read("killed-and-held.txt"));

        Assert.Equal(("half-configured", "1.0"), (answers["slow"].Status, answers["slow"].Version));
        Assert.True(answers["slow"].Interrupted);
        Assert.True(answers["demo"].Held);
    }

    // Recorded with a package "clash" that conflicts with "demo", and "user" that depends on "gone": asked for clash, and gone absent.
    [Fact]
    public void What_apt_would_remove_unasked_is_read() => Assert.Equal(["demo", "user"], DpkgQuestion.Read(Fixture.Read("removes.txt"))["clash"].Removes.Order());

    [Theory]
    [InlineData("now 1000000\nlist 999999\n", false)]
    [InlineData("now 1000000\nlist 900000\n", true)]
    [InlineData("now 1000000\nlist 999990\nsource 999995\n", true)]
    [InlineData("now 1000000\n", true)]
    [InlineData("", false)]
    public void Lists_are_stale_when_missing_older_than_a_day_or_older_than_the_sources(string answer, bool stale) =>
        Assert.Equal(stale, DpkgQuestion.Read(Answer.FromText(answer))["x"].ListsStale);

    [Fact]
    public void The_package_of_any_architecture_that_is_installed_counts()
    {
        var answers = DpkgQuestion.Read(Answer.FromText("dpkg libc6 amd64 install ok installed 2.36\ndpkg libc6 i386 deinstall ok config-files 2.35\n"));

        Assert.Equal(("installed", "2.36"), (answers["libc6"].Status, answers["libc6"].Version));
        Assert.Equal("config-files", answers["libc6:i386"].Status);
    }

    [Fact]
    public void A_host_without_dpkg_is_said() =>
        Assert.Equal("the host has no dpkg", Assert.Throws<ProbeException>(() => DpkgQuestion.Read(Answer.FromText("none\n"))).Message);

    [Fact]
    public void This_machine_is_asked_for_real()
    {
        Assert.SkipUnless(System.IO.File.Exists("/usr/bin/dpkg-query"), "needs a Debian machine");

        var states = Shell.Ask(Query.All([DpkgQuestion.Ask("dpkg", ""), DpkgQuestion.Ask("no-such-package", "1.*"), DpkgQuestion.Ask("bash", "0.1")]));

        Assert.Equal("installed", states[0].Status);
        Assert.Equal("not-installed", states[1].Status);
        Assert.Equal("installed", states[2].Status);
    }

    // What is read from dpkg's file must be what dpkg says of it, for all that this machine has, hundreds. A dpkg-query that fails shows that it is not asked.
    [Fact]
    public void Packages_of_this_machine_are_as_dpkg_knows_them()
    {
        Assert.SkipUnless(System.IO.File.Exists("/usr/bin/dpkg-query"), "needs a Debian machine");
        using var stubs = new TemporaryFolder();
        System.IO.File.WriteAllText(stubs["dpkg-query"], "#!/bin/sh\nexit 9\n");
        Shell.Run("chmod", ["0755", stubs["dpkg-query"]]).RequireSuccess("chmod");
        var known = Shell.Run("dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status} ${Version}\\n"]).Text.Trim().Split('\n').Select(line => line.Split(' ')).DistinctBy(words => words[0]).ToList();
        var script = DpkgQuestion.Ask("dpkg", "").Inquiries[0].Question.Script;

        var answers = DpkgQuestion.Read(Shell.Run("sh", ["-c", $"PATH={stubs.Path}:$PATH\n{script}", "sh", .. known.SelectMany(words => (string[])[words[0], ""])]));

        Assert.Equal(known.Select(words => (words[1], words[2])), known.Select(words => (answers[words[0]].Status, answers[words[0]].Version!)));
    }
}
