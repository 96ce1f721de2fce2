using System.Linq;

namespace Converge.Modules.Tests.Packages;

public sealed class PackageTests
{
    private const string Options = "-y -q -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0";

    private static readonly PackageState _missing = new() { Candidate = "2.0", Versions = ["2.0", "1.1", "1.0"] };
    private static readonly PackageState _installed = new() { Status = "installed", Version = "1.1" };
    private static readonly PackageState _outdated = _missing with { Status = "installed", Version = "1.1" };

    private static string Diff(Package package, PackageState state) => Describe.Diff(package, state).Replace(Options, "OPTIONS");

    [Fact]
    public void An_installed_package_needs_nothing()
    {
        Assert.Equal("", Diff(new Package("demo"), _installed));
        Assert.Equal("", Diff(new Package("demo") { Version = "1.*" }, _installed));
    }

    [Fact]
    public void A_missing_package_is_installed_without_fetching_lists_that_are_fresh() =>
        Assert.Equal("version: none → 2.0 [apt-get install OPTIONS --no-install-recommends demo]", Diff(new Package("demo"), _missing));

    [Fact]
    public void Lists_are_fetched_first_where_they_are_stale_or_do_not_have_what_is_wanted()
    {
        const string withUpdate = "[apt-get update -q; apt-get install OPTIONS --no-install-recommends demo";

        Assert.Equal($"version: none → newest {withUpdate}]", Diff(new Package("demo"), _missing with { ListsStale = true }));
        Assert.Equal($"version: none → newest {withUpdate}]", Diff(new Package("demo"), new PackageState()));
        Assert.Equal($"version: none → 3.* {withUpdate}=3.*]".Replace("demo=3.*", "'demo=3.*'"), Diff(new Package("demo") { Version = "3.*" }, _missing));
    }

    [Fact]
    public void Another_version_is_wanted_by_number_or_by_pattern()
    {
        Assert.Equal("version: 1.1 → 2.0 (restart) [apt-get install OPTIONS --no-install-recommends demo=2.0]", Diff(new Package("demo") { Version = "2.0" }, _outdated));
        Assert.Equal("version: 1.1 → 2.0 (restart) [apt-get install OPTIONS --no-install-recommends 'demo=2*']", Diff(new Package("demo") { Version = "2*" }, _outdated));
    }

    [Fact]
    public void An_older_version_is_installed_only_when_that_is_said()
    {
        var error = Assert.Throws<ConvergeException>(() => Diff(new Package("demo") { Version = "1.0" }, _outdated));

        Assert.Equal("demo 1.1 is installed, which is newer than the wanted 1.0", error.Message);
        Assert.Equal(
            "version: 1.1 → 1.0 (restart) [apt-get install OPTIONS --no-install-recommends --allow-downgrades demo=1.0]",
            Diff(new Package("demo") { Version = "1.0", AllowDowngrade = true }, _outdated));
    }

    [Fact]
    public void A_package_is_removed_with_or_without_its_configuration()
    {
        Assert.Equal("version: 1.1 → none (restart) [apt-get remove OPTIONS demo]", Diff(new Package("demo") { Absent = true }, _installed));
        Assert.Equal("version: 1.1 → none (restart) [apt-get purge OPTIONS demo]", Diff(new Package("demo") { Absent = true, Purge = true }, _installed));
        Assert.Equal("", Diff(new Package("demo") { Absent = true }, new PackageState { Status = "config-files" }));
        Assert.Equal("configuration files: there → none [apt-get purge OPTIONS demo]", Diff(new Package("demo") { Absent = true, Purge = true }, new PackageState { Status = "config-files" }));
        Assert.Equal("", Diff(new Package("demo") { Absent = true, Purge = true }, new PackageState()));
    }

    [Theory]
    [InlineData("half-configured")]
    [InlineData("unpacked")]
    [InlineData("triggers-pending")]
    public void What_a_killed_run_left_half_done_is_finished(string status) =>
        Assert.Equal(
            $"status: {status} → installed [dpkg --force-confdef --force-confold --configure -a]",
            Diff(new Package("demo"), _installed with { Status = status, Interrupted = true }));

    [Fact]
    public void A_half_installed_package_is_installed_again() =>
        Assert.Equal(
            "status: half-installed → installed [dpkg --force-confdef --force-confold --configure -a; apt-get install OPTIONS --no-install-recommends --reinstall demo]",
            Diff(new Package("demo"), _installed with { Status = "half-installed", Interrupted = true }));

    [Fact]
    public void An_interrupted_dpkg_is_finished_before_anything_else_and_not_touched_when_nothing_is_to_do()
    {
        Assert.StartsWith("version: none → 2.0 [dpkg --force-confdef --force-confold --configure -a; apt-get install", Diff(new Package("demo"), _missing with { Interrupted = true }), System.StringComparison.Ordinal);
        Assert.Equal("", Diff(new Package("demo"), _installed with { Interrupted = true }));
    }

    [Fact]
    public void A_held_package_is_left_alone_and_that_is_said()
    {
        var error = Assert.Throws<ConvergeException>(() => Diff(new Package("demo") { Version = "2.0" }, _outdated with { Held = true }));

        Assert.Equal("demo is held back at 1.1 by its administrator", error.Message);
        Assert.Equal("", Diff(new Package("demo"), _installed with { Held = true }));
    }

    [Fact]
    public void What_apt_removes_unasked_is_said_in_the_plan() =>
        Assert.Equal(
            "version: none → 2.0 (restart) because apt also removes exim4, exim4-base [apt-get install OPTIONS --no-install-recommends demo]",
            Diff(new Package("demo"), _missing with { Removes = ["exim4", "exim4-base"] }));

    [Fact]
    public void Packages_of_a_host_can_be_installed_in_one_transaction()
    {
        var steps = new[] { "a1", "b1" }.Select(name => (RunProgram)new Package(name).Diff(_missing, Describe.Context()).Single().Steps.Single()).ToList();

        Assert.Equal(["a1"], steps[0].Pooled);
        Assert.Equal(steps[0].Arguments, steps[1].Arguments);
        Assert.Equal("noninteractive", steps[0].Environment["DEBIAN_FRONTEND"]);
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(
            [
                "\"-oX\" is no package name: small letters, digits and + - . only",
                "\"1 2\" is no version: letters, digits and + - . ~ : only, and * for anything",
                "it has a Version and is Absent: give one of them",
            ],
            new Package("-oX") { Version = "1 2", Absent = true }.Mistakes());

    [Fact]
    public void Two_that_want_different_versions_contradict_each_other()
    {
        Assert.Null(new Package("demo") { Version = "1" }.MergeWith(new Package("demo") { Version = "2" }));
        Assert.Equal("1", ((Package)new Package("demo").MergeWith(new Package("demo") { Version = "1" })!).Version);
    }

    [Fact]
    public void How_long_a_lock_is_waited_for_is_said_or_left_open()
    {
        var patient = new Package("demo") { LockWait = System.TimeSpan.FromSeconds(2) };

        Assert.Equal(patient.LockWait, ((Package)new Package("demo").MergeWith(patient)!).LockWait);
        Assert.Null(patient.MergeWith(new Package("demo") { LockWait = System.TimeSpan.Zero }));
        Assert.Equal(["LockWait is not between nothing and a day"], new Package("demo") { LockWait = System.TimeSpan.FromSeconds(-1) }.Mistakes());
    }

    [Theory]
    [InlineData("1.0", "1.0", 0)]
    [InlineData("1.0", "1.1", -1)]
    [InlineData("1.10", "1.9", 1)]
    [InlineData("1.0~rc1", "1.0", -1)]
    [InlineData("1.0", "1.0-1", -1)]
    [InlineData("1:0.9", "2.0", 1)]
    [InlineData("2.6.12-1+deb12u4", "2.6.12-1+deb12u3", 1)]
    [InlineData("1.0+b1", "1.0a", 1)]
    [InlineData("1.0a", "1.0", 1)]
    [InlineData("1.0-1~bpo12+1", "1.0-1", -1)]
    [InlineData("1.02", "1.2", 0)]
    public void Versions_are_ordered_as_dpkg_orders_them(string one, string other, int order)
    {
        Assert.Equal(order, System.Math.Sign(DebianVersion.Compare(one, other)));
        Assert.Equal(-order, System.Math.Sign(DebianVersion.Compare(other, one)));
        if (System.IO.File.Exists("/usr/bin/dpkg"))
        {
            Assert.Equal(0, Shell.Run("dpkg", ["--compare-versions", one, order switch { 0 => "eq", < 0 => "lt", _ => "gt" }, other]).ExitCode);
        }
    }
}
