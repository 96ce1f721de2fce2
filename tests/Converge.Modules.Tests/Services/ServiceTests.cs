using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules.Tests.Services;

public sealed class ServiceTests
{
    private const string Record = "; install -d -m 0755 /var/lib/converge/services; put /var/lib/converge/services/app.service]";

    private static readonly DateTimeOffset _start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly File _config = new("/etc/app.conf") { Content = "x" };
    private static readonly FileState _content = new(PathKind.File) { Sha256 = "aa", ChangedAt = _start.AddHours(-1), Mode = Mode.Octal("0644") };

    private static readonly UnitStatus _running = new("app.service")
    {
        LoadState = "loaded",
        ActiveState = "active",
        SubState = "running",
        UnitFileState = "enabled",
        CanReload = true,
        StartedAt = _start,
        Now = _start.AddDays(1),
    };

    private static readonly UnitStatus _stopped = _running with { ActiveState = "inactive", SubState = "dead", UnitFileState = "disabled", StartedAt = null };

    private static readonly Service _wanted = new("app") { Running = true, Enabled = true };
    private static readonly Service _reloads = _wanted with { ReloadOn = [_config] };
    private static readonly Service _restarts = _wanted with { RestartOn = [_config] };

    private static ServiceState State(UnitStatus unit, FileState? config = null) =>
        new(unit, config is null ? new Dictionary<string, InputState>() : new() { ["/etc/app.conf"] = new(config, new FileState(PathKind.Directory) { ChangedAt = _start.AddHours(-1) }) });

    private static UnitStatus Recorded(FileState state) => _running with { Record = InputRecord.Empty.With("/etc/app.conf", state) };

    [Fact]
    public void A_running_and_enabled_service_needs_nothing() => Assert.Equal("", Describe.Diff(_wanted, State(_running)));

    [Fact]
    public void A_stopped_service_is_enabled_and_started() =>
        Assert.Equal(
            "enabled: no → yes [systemctl enable app.service]\nrunning: no → yes (runtime) [systemctl start app.service]",
            Describe.Diff(_wanted, State(_stopped)));

    [Fact]
    public void Starting_writes_down_what_was_taken_in()
    {
        Assert.Equal($"running: no → yes (runtime) [systemctl start app.service{Record}", Describe.Diff(_reloads with { Enabled = null }, State(_stopped, _content)));

        var put = _reloads.Diff(State(_stopped, _content), Describe.Context()).SelectMany(c => c.Steps).OfType<PutFile>().Single();
        Assert.Equal($"{InputRecord.Fingerprint(_content)} /etc/app.conf\n", put.Content.ToString());
    }

    [Fact]
    public void A_failed_service_is_reset_before_it_is_started() =>
        Assert.Equal(
            "running: no, failed → yes (runtime) [systemctl reset-failed app.service; systemctl start app.service]",
            Describe.Diff(_wanted, State(_running with { ActiveState = "failed" })));

    [Fact]
    public void A_service_that_keeps_ending_does_not_count_as_running() =>
        Assert.StartsWith("running: no, it keeps ending and is restarted → yes", Describe.Diff(_wanted, State(_running with { ActiveState = "activating", SubState = "auto-restart" })), StringComparison.Ordinal);

    [Fact]
    public void A_service_is_stopped_and_disabled()
    {
        var unwanted = new Service("app") { Running = false, Enabled = false };

        Assert.Equal("enabled: yes → no [systemctl disable app.service]\nrunning: yes → no (restart) [systemctl stop app.service]", Describe.Diff(unwanted, State(_running)));
        Assert.Equal("", Describe.Diff(unwanted, State(_stopped with { ActiveState = "failed" })));
        Assert.Equal("", Describe.Diff(unwanted, State(new UnitStatus("app.service"))));
    }

    [Fact]
    public void An_edit_that_was_never_loaded_and_is_put_back_needs_no_reload()
    {
        var wanted = _content with { Sha256 = Content.Text("x").Sha256(null) };
        var edited = _content with { Sha256 = "bb", ChangedAt = _start.AddHours(1) };
        var unit = Recorded(wanted) with { StateChangedAt = _start, RecordedAt = _start };

        Assert.Equal("", Describe.Diff(_reloads, State(unit, edited), "file /etc/app.conf"));
    }

    [Fact]
    public void An_edit_that_may_have_been_loaded_by_hand_is_reloaded_away()
    {
        var wanted = _content with { Sha256 = Content.Text("x").Sha256(null) };
        var edited = _content with { Sha256 = "bb", ChangedAt = _start.AddHours(1) };
        var unit = Recorded(wanted) with { StateChangedAt = _start.AddHours(2), RecordedAt = _start };

        Assert.StartsWith("reload: needed → done", Describe.Diff(_reloads, State(unit, edited), "file /etc/app.conf"), StringComparison.Ordinal);
    }

    [Fact]
    public void Whether_a_new_owner_makes_a_difference_is_decided_once_his_number_is_known()
    {
        var service = _wanted with { ReloadOn = [_config with { Owner = "app" }] };
        var found = _content with { Sha256 = Content.Text("x").Sha256(null) };

        Assert.Equal("reload: perhaps done, decided after file /etc/app.conf on host", Describe.Diff(service, State(Recorded(found), found), "file /etc/app.conf"));
    }

    [Fact]
    public void What_is_left_open_is_left_as_found()
    {
        Assert.Equal("", Describe.Diff(new Service("app"), State(_stopped)));
        Assert.Equal("", Describe.Diff(new Service("app") { ReloadOn = [_config] }, State(_stopped, _content)));
    }

    [Fact]
    public void A_file_older_than_the_start_was_taken_in() => Assert.Equal("", Describe.Diff(_reloads, State(_running, _content)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_file_that_changed_after_the_start_was_not_taken_in(int seconds) =>
        Assert.Equal(
            $"reload: needed → done (reload) because /etc/app.conf changed since app last read it [systemctl reload app.service{Record}",
            Describe.Diff(_reloads, State(_running, _content with { ChangedAt = _start.AddSeconds(seconds) })));

    [Fact]
    public void A_start_in_the_future_of_a_wrong_clock_proves_nothing() =>
        Assert.StartsWith("reload: needed", Describe.Diff(_reloads, State(_running with { Now = _start.AddMinutes(-1) }, _content)), StringComparison.Ordinal);

    [Fact]
    public void What_is_recorded_counts_more_than_dates()
    {
        Assert.Equal("", Describe.Diff(_reloads, State(Recorded(_content), _content with { ChangedAt = _start.AddDays(1) })));
        Assert.StartsWith("reload: needed", Describe.Diff(_reloads, State(Recorded(_content with { Sha256 = "bb" }), _content)), StringComparison.Ordinal);
        Assert.StartsWith("reload: needed", Describe.Diff(_reloads, State(Recorded(_content with { Mode = Mode.Octal("0600") }), _content)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody else reloaded it", 60, 50, 90, false)]
    [InlineData("edited, reloaded and put back by others before the last reload", 60, 70, 65, false)]
    [InlineData("edited and reloaded by hand, put back by us", 60, 70, 80, true)]
    public void A_file_that_is_as_recorded_again_is_read_again_if_the_unit_may_have_read_another(string story, int recorded, int stateChanged, int fileChanged, bool reloads)
    {
        var unit = Recorded(_content) with { RecordedAt = _start.AddMinutes(recorded), StateChangedAt = _start.AddMinutes(stateChanged) };

        var diff = Describe.Diff(_reloads, State(unit, _content with { ChangedAt = _start.AddMinutes(fileChanged) }));

        Assert.True(reloads == diff.StartsWith("reload: needed", StringComparison.Ordinal), $"{story}: {diff}");
    }

    [Fact]
    public void A_file_that_went_away_after_the_start_was_not_taken_in()
    {
        var folder = new FileState(PathKind.Directory) { ChangedAt = _start.AddSeconds(5) };
        var state = new ServiceState(_running, new Dictionary<string, InputState> { ["/etc/app.conf"] = new(FileState.Missing, folder) });

        Assert.StartsWith("reload: needed", Describe.Diff(_reloads, state), StringComparison.Ordinal);
        Assert.Equal("", Describe.Diff(_reloads, state with { Unit = Recorded(FileState.Missing) }));
    }

    [Fact]
    public void A_plan_shows_the_reload_that_a_pending_change_brings() =>
        Assert.Equal(
            $"reload: needed → done (reload) because app reads /etc/app.conf, which changes [systemctl reload app.service{Record}",
            Describe.Diff(_reloads, State(_running, _content), "package app", "file /etc/app.conf"));

    [Fact]
    public void What_is_pending_on_another_host_brings_no_reload() =>
        Assert.Empty(_reloads.Diff(State(_running, _content), Describe.Context("file /etc/app.conf") with { Host = "another" }));

    [Fact]
    public void A_restart_takes_in_everything_and_makes_a_reload_needless() =>
        Assert.Equal(
            $"restart: needed → done (restart) because app reads /etc/app.conf, which changes [systemctl restart app.service{Record}",
            Describe.Diff(_restarts with { ReloadOn = [_config] }, State(_running, _content), "file /etc/app.conf"));

    [Fact]
    public void A_unit_that_cannot_reload_is_restarted_and_that_is_said() =>
        Assert.StartsWith(
            "restart: needed → done (restart) because app reads /etc/app.conf, which changes; it cannot reload [systemctl restart",
            Describe.Diff(_reloads, State(_running with { CanReload = false }, _content), "file /etc/app.conf"),
            StringComparison.Ordinal);

    [Fact]
    public void A_service_that_is_started_anyway_needs_no_reload() =>
        Assert.DoesNotContain("reload", Describe.Diff(_reloads, State(_stopped, _content), "file /etc/app.conf"), StringComparison.Ordinal);

    [Fact]
    public void A_changed_definition_is_loaded_before_the_service_acts_on_it() =>
        Assert.Equal(
            "running: no → yes (runtime) [systemctl daemon-reload; systemctl start app.service]",
            Describe.Diff(_wanted with { Enabled = null }, State(_stopped with { NeedDaemonReload = true })));

    [Fact]
    public void What_a_package_brings_is_decided_after_the_package() =>
        Assert.Equal(
            "running: perhaps yes, decided after package app on host\nenabled: perhaps yes, decided after package app on host",
            Describe.Diff(_wanted, State(new UnitStatus("app.service")), "package other", "package app-server", "package app", "file /etc/x"));

    [Theory]
    [InlineData("app", "app.service")]
    [InlineData("app@one", "app@.service")]
    public void What_a_unit_file_of_ours_brings_is_known(string name, string file) =>
        Assert.Equal(
            $"enabled: no → yes [systemctl enable {name}.service]\nrunning: no → yes (runtime) [systemctl start {name}.service]",
            Describe.Diff(new Service(name) { Running = true, Enabled = true }, State(new UnitStatus($"{name}.service")), $"unit {file}"));

    [Fact]
    public void A_unit_that_nothing_brings_is_an_error() =>
        Assert.Equal("the host has no unit app.service", Assert.Throws<ConvergeException>(() => Describe.Diff(_wanted, State(new UnitStatus("app.service")))).Message);

    [Theory]
    [InlineData("static", "app.service cannot be enabled: it is static, its file has no [Install] section")]
    [InlineData("generated", "app.service cannot be enabled: it is generated")]
    public void A_unit_that_cannot_be_enabled_says_so(string unitFileState, string message)
    {
        Assert.Equal(message, Assert.Throws<ConvergeException>(() => Describe.Diff(_wanted, State(_running with { UnitFileState = unitFileState }))).Message);
        Assert.Equal("", Describe.Diff(_wanted with { Enabled = false }, State(_running with { UnitFileState = unitFileState })));
    }

    [Fact]
    public void What_is_wrong_with_a_definition_may_be_right_in_the_one_that_comes() =>
        Assert.Equal("enabled: static → yes [systemctl enable app.service]", Describe.Diff(_wanted, State(_running with { UnitFileState = "static" }), "unit app.service.d/install.conf"));

    [Fact]
    public void Enabled_until_the_next_boot_is_not_enabled() =>
        Assert.Equal("enabled: enabled-runtime → yes [systemctl enable app.service]", Describe.Diff(_wanted, State(_running with { UnitFileState = "enabled-runtime" })));

    [Fact]
    public void An_alias_is_enabled_by_its_own_name() =>
        Assert.StartsWith("enabled: no → yes [systemctl enable real.service]", Describe.Diff(_wanted, State(_stopped with { Id = "real.service" })), StringComparison.Ordinal);

    [Fact]
    public void A_program_that_runs_once_cannot_be_wanted_running() =>
        Assert.StartsWith("app.service runs once and ends", Assert.Throws<ConvergeException>(() => Describe.Diff(_wanted, State(_stopped with { RunsOnce = true }))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_masked_unit_is_unmasked_only_when_that_is_said()
    {
        var masked = State(new UnitStatus("app.service") { LoadState = "masked", UnitFileState = "masked" });

        Assert.Equal("app.service is masked: it can be neither started nor enabled", Assert.Throws<ConvergeException>(() => Describe.Diff(_wanted, masked)).Message);
        Assert.Equal(
            "masked: yes → no [systemctl unmask app.service]\nenabled: unknown → yes [systemctl enable app.service]\nrunning: no → yes (runtime) [systemctl start app.service]",
            Describe.Diff(_wanted with { Masked = false }, masked));
        Assert.Equal("", Describe.Diff(new Service("app") { Masked = true }, masked));
        Assert.Equal("masked: no → yes [systemctl mask app.service]", Describe.Diff(new Service("app") { Masked = true }, State(new UnitStatus("app.service"))));
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(
            [
                "\"a b.service\" is no unit name: letters, digits and : - _ . @ \\ with a suffix such as .service",
                "a masked unit can be neither running nor enabled: leave one of them out",
                "RestartOn has package app, which puts nothing at a path that could be watched",
            ],
            new Service("a b") { Masked = true, Running = true, RestartOn = [new Package("app")] }.Mistakes());

    [Fact]
    public void A_template_without_instance_is_a_mistake() =>
        Assert.Equal(["app@.service is a template: name an instance, such as app@one.service"], new Service("app@").Mistakes());

    [Fact]
    public void A_service_comes_after_its_unit_and_what_it_reads() =>
        Assert.Equal(["unit app.service", "path /etc/app.conf"], _reloads.Needs.Select(n => n.ToString()));

    [Fact]
    public void Two_that_agree_are_one_and_watch_what_both_watch()
    {
        var merged = Assert.IsType<Service>(new Service("app") { Running = true, ReloadOn = [_config] }.MergeWith(new Service("app.service") { Enabled = true, RestartOn = [_config] }));

        Assert.Equal((true, true, 1, 1), (merged.Running, merged.Enabled, merged.ReloadOn.Count, merged.RestartOn.Count));
        Assert.Null(_wanted.MergeWith(new Service("app") { Running = false }));
    }
}
