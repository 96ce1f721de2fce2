using System;
using System.Linq;

namespace Converge.Modules.Tests.Files;

public sealed class FileTests
{
    private static readonly FileState _motd = new(PathKind.File) { Mode = Mode.Octal("0644"), Size = 3, Sha256 = ((Content)"old").Sha256(null), Content = "old"u8.ToArray() };

    [Fact]
    public void A_file_as_wanted_needs_nothing() =>
        Assert.Equal("", Describe.Diff(new File("/etc/motd") { Content = "old", Owner = "root", Group = "0", Mode = Mode.Octal("0644") }, _motd));

    [Fact]
    public void A_missing_file_is_put_with_its_owner_and_mode()
    {
        var file = new File("/etc/motd") { Content = "new\n", Owner = "app", Mode = Mode.Octal("0600") };

        var changes = file.Diff(FileState.Missing, Describe.Context()).ToList();

        Assert.Equal("content: none → 4 B [put /etc/motd]\nowner: none → app\nmode: none → 0600", Describe.Changes(changes));
        Assert.Equal("--- /etc/motd\n+++ /etc/motd\n@@ -0,0 +1 @@\n+new\n", changes[0].TextDiff);
        var put = Assert.IsType<PutFile>(Assert.Single(changes[0].Steps));
        Assert.Equal(("app", null, Mode.Octal("0600")), (put.Owner, put.Group, put.Mode));
    }

    [Fact]
    public void Other_content_replaces_the_file_and_takes_the_mode_along() =>
        Assert.Equal(
            "content: 3 B → 3 B [put /etc/motd]\nmode: 0644 → 0600",
            Describe.Diff(new File("/etc/motd") { Content = "new", Mode = Mode.Octal("0600") }, _motd));

    [Fact]
    public void Owner_group_and_mode_change_in_place() =>
        Assert.Equal(
            "owner: root → app [chown app /etc/motd]\ngroup: root → 33 [chgrp 33 /etc/motd]\nmode: 0644 → 4755 [chmod 4755 /etc/motd]",
            Describe.Diff(new File("/etc/motd") { Owner = "app", Group = "33", Mode = Mode.Octal("4755") }, _motd));

    [Fact]
    public void Special_bits_survive_a_change_of_owner() =>
        Assert.Equal(
            "owner: root → app [chown app /bin/x; chmod 4755 /bin/x]",
            Describe.Diff(new File("/bin/x") { Owner = "app" }, _motd with { Mode = Mode.Octal("4755") }));

    [Fact]
    public void An_unwanted_file_is_removed() =>
        Assert.Equal("file: 3 B → none [rm -f /etc/motd]", Describe.Diff(new File("/etc/motd") { Absent = true }, _motd));

    [Fact]
    public void A_file_that_may_cut_us_off_has_a_way_back_that_waits_for_those_who_take_it_in()
    {
        var file = new File("/etc/ssh/sshd_config.d/10 own.conf") { Content = "new", MayCutOff = new RunProgram("systemctl", ["reload", "ssh"]) };

        var change = file.Diff(FileState.Missing, Describe.Context()).First();

        Assert.Equal("content: none → 3 B [arm-way-back 'file /etc/ssh/sshd_config.d/10 own.conf' 30s; put /etc/ssh/sshd_config.d/10 own.conf]", Describe.Changes([change]));
        Assert.True(change.WayBack!.UntilTakenIn);
        Assert.StartsWith("set -- '/etc/ssh/sshd_config.d/10 own.conf'\n", change.WayBack.Keep, System.StringComparison.Ordinal);
        Assert.EndsWith("\n'systemctl' 'reload' 'ssh'", change.WayBack.PutBack, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_content_is_left_open_is_made_empty_where_it_is_missing() =>
        Assert.Equal("content: none → empty [put /var/log/app]", Describe.Diff(new File("/var/log/app"), FileState.Missing));

    [Fact]
    public void A_symlink_is_replaced_by_the_file() =>
        Assert.Equal(
            "content: symlink to /run/x → 3 B [put /etc/resolv.conf]",
            Describe.Diff(new File("/etc/resolv.conf") { Content = "new" }, new FileState(PathKind.Symlink) { Target = "/run/x" }));

    [Fact]
    public void A_folder_in_the_way_is_an_error_with_a_way_out()
    {
        var error = Assert.Throws<ConvergeException>(() => Describe.Diff(new File("/etc/motd") { Content = "x" }, new FileState(PathKind.Directory)));

        Assert.Equal("/etc/motd is a folder, not a file", error.Message);
        Assert.Equal("Describe it as a Directory, or remove it first.", error.Remedy);
    }

    [Fact]
    public void A_file_without_a_folder_is_an_error_in_the_plan_already_unless_the_folder_may_still_come()
    {
        var (file, state) = (new File("/opt/app/x") { Content = "x" }, FileState.Missing with { FolderMissing = true });

        Assert.Equal("there is no folder /opt/app", Assert.Throws<ConvergeException>(() => Describe.Diff(file, state)).Message);
        Assert.Equal("there is no folder /opt/app", Assert.Throws<ConvergeException>(() => Describe.Diff(new Symlink("/opt/app/x") { Target = "y" }, state)).Message);
        Assert.StartsWith("content: none", Describe.Diff(file, state, "package app"), System.StringComparison.Ordinal);
        Assert.Equal("", Describe.Diff(new File("/opt/app/x") { Absent = true }, state));
    }

    [Fact]
    public void Old_content_that_only_its_owner_may_read_is_not_shown() =>
        Assert.Null(new File("/etc/motd") { Content = "new" }.Diff(_motd with { Mode = Mode.Octal("0600") }, Describe.Context()).Single().TextDiff);

    [Fact]
    public void Nothing_of_a_secret_content_is_shown_of_either_side()
    {
        var file = new File("/etc/app.conf") { Content = Content.Text($"password={Secret.FromValue("pw", "hunter2")}\n") };

        var change = Assert.Single(file.Diff(_motd, Describe.Context()));

        Assert.Equal(("differs", "with secrets, not shown", null), (change.From, change.To, change.TextDiff));
        Assert.Equal(["/etc/app.conf", "hash"], Assert.Single(file.Query.Inquiries).Arguments);
    }

    [Fact]
    public void Facts_are_filled_in_before_content_is_compared()
    {
        var file = new File("/etc/motd") { Content = Content.Text($"{new Fact("name", f => f.HostName)}") };

        Assert.Empty(file.Diff(_motd, DiffContext.Settled(new HostFacts { HostName = "old" })));
        Assert.Equal(["/etc/motd", "-"], Assert.Single(file.Query.Inquiries).Arguments);
    }

    [Fact]
    public void Binary_content_is_described_not_shown()
    {
        var change = Assert.Single(new File("/bin/x") { Content = Content.Bytes(new byte[1024]) }.Diff(_motd with { Size = 20 << 20, Content = null }, Describe.Context()));

        Assert.Equal(("20 MiB", "binary, 1 KiB", null), (change.From, change.To, change.TextDiff));
    }

    [Fact]
    public void A_missing_final_newline_and_a_carriage_return_show_in_the_diff()
    {
        var change = Assert.Single(new File("/etc/motd") { Content = "old\r\n" }.Diff(_motd, Describe.Context()));

        Assert.Equal("--- /etc/motd\n+++ /etc/motd\n@@ -1 +1 @@\n-old\n\\ No newline at end of file\n+old␍\n", change.TextDiff);
    }

    [Theory]
    [InlineData("etc/motd", "the path is relative; give an absolute one, such as /etc/motd")]
    [InlineData("", "the path is empty")]
    [InlineData("/etc//motd", "the path is not in its plain form: leave out empty, \".\" and \"..\" parts and a slash at the end")]
    [InlineData("/etc/../motd", "the path is not in its plain form: leave out empty, \".\" and \"..\" parts and a slash at the end")]
    public void A_path_that_is_no_plain_absolute_path_is_a_mistake(string path, string mistake) =>
        Assert.Equal([mistake], new File(path) { Content = "x" }.Mistakes());

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(
            [
                "\"-R\" is no user name",
                "it has Content and is Absent: give one of them",
                "Content holds the mask of a secret instead of the secret: write Content.Text($\"…{secret}…\"), which keeps it a secret",
                "its Validation never looks at the new file: give Validation.NewFile as one of the arguments",
            ],
            new File("/etc/motd")
            {
                Content = "password=" + Secret.FromValue("pw", "hunter2"),
                Absent = true,
                Owner = "-R",
                Validation = new Validation("haproxy", ["-c"]),
            }.Mistakes());

    [Theory]
    [InlineData("9")]
    [InlineData("0888")]
    [InlineData("00644")]
    [InlineData("rwx")]
    public void A_mode_that_is_not_octal_is_refused(string digits) => Assert.Throws<ConvergeException>(() => Mode.Octal(digits));

    [Fact]
    public void Two_descriptions_that_agree_are_merged()
    {
        var merged = Assert.IsType<File>(new File("/x") { Content = "a" }.MergeWith(new File("/x") { Content = "a", Owner = "app" }));

        Assert.Equal("app", merged.Owner);
        Assert.Null(new File("/x") { Content = "a" }.MergeWith(new File("/x") { Content = "b" }));
    }

    [Fact]
    public void A_file_comes_after_its_folders_its_owner_and_its_group() =>
        Assert.Equal(
            ["path /srv/app", "path /srv", "user app", "group web"],
            new File("/srv/app/x") { Owner = "app", Group = "web" }.Needs.Select(n => n.ToString()));

    [Fact]
    public void Large_content_is_checked_without_a_copy_of_it()
    {
        var file = new File("/srv/large") { Content = Content.Bytes(new byte[16 * 1024 * 1024]) };
        Assert.Empty(file.Mistakes());
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Empty(file.Mistakes());

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }
}
