using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules.Tests.Packages;

/// <summary>What a pending package is known to bring is laid over a host that does not have it yet.</summary>
public sealed class BroughtTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 25, 5, 0, 0, TimeSpan.Zero);
    private static readonly File _config = new("/etc/proxy.cfg") { Content = "x", Owner = "root", Group = "root" };
    private static readonly Service _service = new("proxy") { Running = true, Enabled = true, ReloadOn = [_config] };
    private static readonly BroughtUnit _unit = new("proxy.service");

    private static DiffContext Below(Brought brought, params string[] pending) => Describe.Context(["package proxy", .. pending]) with
    {
        Coming = [(new ResourceId("host", "package", "proxy"), brought)],
    };

    private static ServiceState Absent(FileState config) => new(
        new UnitStatus("proxy.service") { Now = _now },
        new Dictionary<string, InputState> { ["/etc/proxy.cfg"] = new(config, FileState.Missing) });

    private static string Steps(Change change) => string.Join("; ", change.Steps.Select(s => s.Describe()));

    [Fact]
    public void A_service_that_its_package_starts_is_reloaded_for_the_file_that_changes_behind_it()
    {
        var change = Assert.Single(_service.Diff(Absent(FileState.Missing), Below(_unit, "file /etc/proxy.cfg")));

        Assert.Equal(("reload", Impact.Reload, false), (change.Property, change.Impact, change.Undecided));
        Assert.StartsWith("systemctl reload proxy.service", Steps(change), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_its_package_starts_with_the_right_file_needs_nothing() =>
        Assert.Empty(_service.Diff(Absent(new FileState(PathKind.File) { ChangedAt = _now.AddMinutes(-1) }), Below(_unit)));

    [Fact]
    public void What_an_earlier_installation_took_in_is_no_record_of_the_new_one()
    {
        var there = new FileState(PathKind.File) { ChangedAt = _now.AddMinutes(-1), Sha256 = "aa" };
        var state = Absent(there) with { Unit = new UnitStatus("proxy.service") { Now = _now, RecordedAt = _now.AddDays(-1), Record = InputRecord.Empty.With("/etc/proxy.cfg", FileState.Missing) } };

        Assert.Empty(_service.Diff(state, Below(_unit)));
    }

    [Theory]
    [InlineData(PathKind.Missing, "running")]
    [InlineData(PathKind.File, "reload")]
    public void A_service_that_starts_only_with_its_file_is_started_where_there_was_none(PathKind found, string what)
    {
        var change = Assert.Single(_service.Diff(Absent(new FileState(found)), Below(_unit with { RunsWith = "/etc/proxy.cfg" }, "file /etc/proxy.cfg")));

        Assert.Equal(what, change.Property);
    }

    [Fact]
    public void A_service_that_its_package_leaves_off_is_enabled_and_started() =>
        Assert.Equal(["enabled", "running"], _service.Diff(Absent(FileState.Missing), Below(_unit with { Enabled = false, Running = false })).Select(c => c.Property));

    [Fact]
    public void A_unit_of_a_package_that_nothing_is_known_of_is_left_open() =>
        Assert.All(_service.Diff(Absent(FileState.Missing), Describe.Context("package proxy")), change => Assert.True(change.Undecided));

    [Fact]
    public void A_file_of_the_package_is_replaced_and_keeps_what_the_package_gave_it() =>
        Assert.Equal(
            "content: as package proxy has it → 1 B [put /etc/proxy.cfg]",
            Describe.Changes((_config with { Group = "bind" }).Diff(FileState.Missing, Below(new BroughtPath("/etc/proxy.cfg") { Group = "bind" }))));

    [Fact]
    public void A_file_of_the_package_that_shall_not_be_there_is_removed() =>
        Assert.Equal(
            "file: as package proxy has it → none [rm -f /etc/proxy.cfg]",
            Describe.Changes(new File("/etc/proxy.cfg") { Absent = true }.Diff(FileState.Missing, Below(new BroughtPath("/etc/proxy.cfg")))));

    [Fact]
    public void What_is_there_already_is_taken_as_it_is() =>
        Assert.Equal("group: staff → root [chgrp root /etc/proxy.cfg]", Describe.Changes((_config with { Content = null }).Diff(
            new FileState(PathKind.File) { Group = "staff", GroupId = 50, Mode = Mode.Octal("0644") }, Below(new BroughtPath("/etc/proxy.cfg")))));

    [Fact]
    public void A_folder_of_the_package_is_not_made_again() =>
        Assert.Equal(
            "mode: 0755 → 0700 [chmod 00700 /etc/proxy]",
            Describe.Changes(new Directory("/etc/proxy") { Mode = Mode.Octal("0700") }.Diff(FileState.Missing, Below(new BroughtPath("/etc/proxy") { IsFolder = true }))));

    [Fact]
    public void An_account_of_the_package_is_not_made_and_what_has_to_change_of_it_is_left_open() =>
        Assert.Equal(
            "account: perhaps as described, decided after package proxy on host",
            Describe.Changes(new User("proxy") { Home = "/srv" }.Diff(new UserState(false), Below(new BroughtAccount(Provision.User("proxy"))))));

    [Fact]
    public void Two_that_want_a_package_bring_what_either_knows_of()
    {
        var merged = (Package)new Package("proxy").MergeWith(new Package("proxy") { Brings = [_unit] })!;

        Assert.Equal([_unit], merged.Brings);
    }
}
