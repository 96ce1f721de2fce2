using System.Linq;

namespace Converge.Modules.Tests.Services;

public sealed class SystemdUnitTests
{
    private const string Text = "[Service]\nExecStart=/bin/true\n";

    private static readonly SystemdUnit _unit = new("app.service") { Content = Text };
    private static readonly FileState _file = new(PathKind.File) { Sha256 = ((Content)Text).Sha256(null), Mode = Mode.Octal("0644"), Size = 5 };

    [Fact]
    public void A_unit_that_is_loaded_as_written_needs_nothing() => Assert.Equal("", Describe.Diff(_unit, new SystemdUnitState(_file, false)));

    [Fact]
    public void A_new_unit_is_put_and_loaded() =>
        Assert.Equal(
            "content: none → 30 B [put /etc/systemd/system/app.service; systemctl daemon-reload]",
            Describe.Diff(_unit, new SystemdUnitState(FileState.Missing, false)));

    [Fact]
    public void A_unit_whose_loading_was_forgotten_by_a_killed_run_is_loaded() =>
        Assert.Equal("loaded: an older definition → the one on disk (runtime) [systemctl daemon-reload]", Describe.Diff(_unit, new SystemdUnitState(_file, true)));

    [Fact]
    public void The_folder_of_a_drop_in_is_made() =>
        Assert.StartsWith(
            "content: none → 30 B [install -d -m 0755 /etc/systemd/system/app.service.d; put /etc/systemd/system/app.service.d/x.conf; systemctl daemon-reload]",
            Describe.Diff(new SystemdUnit("app.service.d/x.conf") { Content = Text }, new SystemdUnitState(FileState.Missing with { FolderMissing = true }, false)),
            System.StringComparison.Ordinal);

    [Fact]
    public void A_unit_that_goes_is_stopped_first_unless_the_distribution_has_one_too()
    {
        var absent = new SystemdUnit("app.service") { Absent = true };

        Assert.Equal(
            "file: 5 B → none [systemctl disable app.service; systemctl stop app.service; rm -f /etc/systemd/system/app.service; systemctl daemon-reload]",
            Describe.Diff(absent, new SystemdUnitState(_file, false)));
        Assert.Equal(
            "file: 5 B → none [rm -f /etc/systemd/system/app.service; systemctl daemon-reload]",
            Describe.Diff(absent, new SystemdUnitState(_file, false) { VendorHasOne = true }));
        Assert.Equal("", Describe.Diff(absent, new SystemdUnitState(FileState.Missing, false)));
    }

    [Fact]
    public void A_mode_that_others_could_write_is_taken_back_and_loaded_again() =>
        Assert.Equal(
            "mode: 0666 → 0644 [chmod 0644 /etc/systemd/system/app.service; systemctl daemon-reload]",
            Describe.Diff(_unit, new SystemdUnitState(_file with { Mode = Mode.Octal("0666") }, false)));

    [Theory]
    [InlineData("app.service", "unit app.service")]
    [InlineData("app.service.d/x.conf", "unit app.service")]
    [InlineData("app@.service", "unit app@.service")]
    public void A_unit_file_brings_the_unit_that_it_defines_or_adds_to(string name, string unit) =>
        Assert.Equal([unit, $"path /etc/systemd/system/{name}"], new SystemdUnit(name) { Content = Text }.Provides.Select(p => p.ToString()));

    [Fact]
    public void systemd_is_not_asked_for_a_template_for_it_refuses_them() =>
        Assert.DoesNotContain("app@.service", new SystemdUnit("app@.service") { Content = Text }.Query.Inquiries.SelectMany(i => i.Arguments));

    [Theory]
    [InlineData("app", "\"app\" is no unit name: letters, digits and : - _ . @ \\ with a suffix such as .service")]
    [InlineData("../x.service", "\"..\" is no unit name: letters, digits and : - _ . @ \\ with a suffix such as .service")]
    [InlineData("app.service/x.conf", "a drop-in is named UNIT.d/NAME.conf, such as mysql.service.d/limits.conf")]
    [InlineData("app.service.d/x", "a drop-in is named UNIT.d/NAME.conf, such as mysql.service.d/limits.conf")]
    [InlineData("app.service.d", "a drop-in is named UNIT.d/NAME.conf, such as mysql.service.d/limits.conf")]
    public void A_name_that_is_no_unit_file_is_a_mistake(string name, string mistake) =>
        Assert.Equal([mistake], new SystemdUnit(name) { Content = Text }.Mistakes());

    [Fact]
    public void The_form_of_the_text_is_checked_before_any_host_is_touched() =>
        Assert.Equal(
            [
                "line 2 of Content stands before the first [Section]: A=b",
                "line 5 of Content is neither a [Section] nor a Name=value: ExecStart /bin/true",
            ],
            new SystemdUnit("app.service") { Content = "# hello\nA=b\n[Service]\nUser=app\nExecStart /bin/true\n" }.Mistakes());

    [Fact]
    public void Continued_lines_are_read_as_systemd_reads_them() =>
        Assert.Empty(new SystemdUnit("app.service") { Content = "[Service]\nExecStart=/bin/a \\\n  --b \\\n; a comment between\n  --c\n\n; d\n" }.Mistakes());
}
