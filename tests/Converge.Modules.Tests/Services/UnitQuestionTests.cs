using System;

namespace Converge.Modules.Tests.Services;

public sealed class UnitQuestionTests
{
    // Recorded on a booted host of each suite: systemd 252, 257 and 262.
    public static TheoryData<string> Suites => ["bookworm.txt", "trixie.txt", "sid.txt"];

    [Theory]
    [MemberData(nameof(Suites))]
    public void A_running_service_is_read_by_each_of_its_names(string suite)
    {
        var units = UnitQuestion.Read(Fixture.Read(suite));

        var app = units["app.service"];
        Assert.Equal(("app.service", "loaded", "active", "enabled"), (app.Id, app.LoadState, app.ActiveState, app.UnitFileState));
        Assert.True(app.IsActive);
        Assert.True(app.CanReload);
        Assert.False(app.NeedDaemonReload);
        Assert.Equal("app.service", units["link.service"].Id);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Times_are_read_in_UTC_to_the_second(string suite)
    {
        var app = UnitQuestion.Read(Fixture.Read(suite))["app.service"];

        Assert.InRange(app.StartedAt!.Value, app.Now - TimeSpan.FromSeconds(5), app.Now);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void What_was_recorded_comes_along(string suite)
    {
        var record = UnitQuestion.Read(Fixture.Read(suite))["app.service"].Record;

        Assert.Equal(("0123abcd", "missing", null), (record["/etc/app.conf"], record["/etc/two words"], record["/etc/other"]));
    }

    [Fact]
    public void When_it_was_recorded_and_when_the_unit_last_changed_come_along()
    {
        var unit = UnitQuestion.Read(Answer.FromText("""
            now 1795431403
            record nginx.service
            recorded 1795430911 /var/lib/converge/services/nginx.service
            input aa /etc/nginx.conf
            Id=nginx.service
            Names=nginx.service
            LoadState=loaded
            ActiveState=active
            SubState=running
            UnitFileState=enabled
            CanReload=yes
            NeedDaemonReload=no
            ActiveEnterTimestamp=Mon 2026-11-23 10:51:53 UTC
            StateChangeTimestamp=Mon 2026-11-23 10:56:43 UTC

            """))["nginx.service"];

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795430911), unit.RecordedAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 10, 56, 43, TimeSpan.Zero), unit.StateChangedAt);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Every_odd_state_is_told_apart(string suite)
    {
        var units = UnitQuestion.Read(Fixture.Read(suite));

        Assert.Equal(("failed", "static"), (units["dies.service"].ActiveState, units["dies.service"].UnitFileState));
        Assert.Equal(("activating", "auto-restart"), (units["loops.service"].ActiveState, units["loops.service"].SubState));
        Assert.Equal(("masked", "masked"), (units["masked.service"].LoadState, units["masked.service"].UnitFileState));
        Assert.Equal(("not-found", ""), (units["gone.service"].LoadState, units["gone.service"].UnitFileState));
        Assert.True(units["once.service"].RunsOnce);
        Assert.Null(units["once.service"].StartedAt);
        Assert.True(units["dbus.socket"].IsActive);
        Assert.Equal("enabled-runtime", units["inst@a.service"].UnitFileState);
        Assert.True(units["inst@a.service"].NeedDaemonReload);
    }

    [Fact]
    public void A_host_without_systemd_is_said() =>
        Assert.Equal("the host has no systemd", Assert.Throws<ProbeException>(() => UnitQuestion.Read(Answer.FromText("none\n"))).Message);

    [Fact]
    public void A_record_survives_paths_of_any_name()
    {
        string[] paths = ["/etc/a b", "/etc/line\nbreak", "/etc/back\\slash", "/etc/back\\nslash", "/etc/\\\\n"];
        var record = InputRecord.Empty;
        foreach (var path in paths)
        {
            record = record.With(path, FileState.Missing);
        }

        var read = InputRecord.Empty;
        foreach (var line in record.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            read = read.With(line);
        }

        Assert.All(paths, path => Assert.Equal("missing", read[path]));
    }
}
