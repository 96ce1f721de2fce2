using System;
using System.Linq;

namespace Converge.Modules.Tests.Files;

public sealed class FoldersAndLinksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_folder_is_made_with_its_mode_and_then_given_to_its_owner() =>
        Assert.Equal(
            "directory: none → a folder [mkdir -m 00750 /srv/app; chown app:web /srv/app]\nowner: none → app\ngroup: none → web\nmode: none → 0750",
            Describe.Diff(new Directory("/srv/app") { Owner = "app", Group = "web", Mode = Mode.Octal("0750") }, FileState.Missing));

    [Fact]
    public void A_missing_folder_can_be_given_to_a_user_or_to_a_group_alone()
    {
        Assert.Contains("[mkdir -m 00755 /x; chown app /x]", Describe.Diff(new Directory("/x") { Owner = "app" }, FileState.Missing), StringComparison.Ordinal);
        Assert.Contains("[mkdir -m 00755 /x; chown :web /x]", Describe.Diff(new Directory("/x") { Group = "web" }, FileState.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public void The_mode_of_a_folder_is_given_with_five_digits_so_that_it_means_what_it_says() =>
        Assert.Equal(
            "mode: 2755 → 0755 [chmod 00755 /srv/app]",
            Describe.Diff(new Directory("/srv/app") { Mode = Mode.Octal("0755") }, new FileState(PathKind.Directory) { Mode = Mode.Octal("2755") }));

    [Fact]
    public void A_new_folder_does_not_take_the_set_group_id_bit_of_the_one_above()
    {
        Shell.Run("chmod", ["2755", _folder.Path]).RequireSuccess("chmod");

        Assert.Equal(["directory"], Shell.Apply(new Directory(_folder["x"]) { Mode = Mode.Octal("0755") }));
        Assert.Equal([], Shell.Apply(new Directory(_folder["x"]) { Mode = Mode.Octal("0755") }));
    }

    [Fact]
    public void A_folder_with_all_its_contents_is_removed_only_when_that_is_said()
    {
        var found = new FileState(PathKind.Directory);

        Assert.Equal("directory: an empty folder → none [rmdir /srv/app]", Describe.Diff(new Directory("/srv/app") { Absent = true }, found));
        Assert.Equal(
            "directory: a folder with all that is in it → none (data) [rm -rf --one-file-system /srv/app]",
            Describe.Diff(new Directory("/srv/app") { Absent = true, WithContents = true }, found));
    }

    [Fact]
    public void A_file_in_the_way_of_a_folder_is_an_error() =>
        Assert.Equal("/srv/app is a file, not a folder", Assert.Throws<ConvergeException>(() => Describe.Diff(new Directory("/srv/app"), new FileState(PathKind.File))).Message);

    [Fact]
    public void A_link_is_renamed_over_the_old_one() =>
        Assert.Equal(
            "target: a → -b [ln -sfn -- -b /x.converge-new; mv -fT /x.converge-new /x]",
            Describe.Diff(new Symlink("/x") { Target = "-b" }, new FileState(PathKind.Symlink) { Target = "a" }));

    [Fact]
    public void Links_without_target_or_with_both_wishes_are_mistakes()
    {
        Assert.Equal(["it has no Target: say where it points"], new Symlink("/x").Mistakes());
        Assert.Equal(["it has a Target and is Absent: give one of them"], new Symlink("/x") { Target = "a", Absent = true }.Mistakes());
    }

    [Theory]
    [MemberData(nameof(PathQuestionTests.OddNames), MemberType = typeof(PathQuestionTests))]
    public void Whatever_its_name_it_is_made_changed_and_removed_for_real(string name)
    {
        var path = _folder[name];

        Assert.Equal(["directory", "mode"], Shell.Apply(new Directory(path) { Mode = Mode.Octal("2750") }));
        Assert.Equal([], Shell.Apply(new Directory(path) { Mode = Mode.Octal("2750") }));
        Assert.Equal(["mode"], Shell.Apply(new Directory(path) { Mode = Mode.Octal("0755") }));
        Assert.Equal([], Shell.Apply(new Directory(path) { Mode = Mode.Octal("0755") }));
        Assert.Equal(["directory"], Shell.Apply(new Directory(path) { Absent = true }));

        Assert.Equal(["target"], Shell.Apply(new Symlink(path) { Target = name }));
        Assert.Equal(["target"], Shell.Apply(new Symlink(path) { Target = "/elsewhere" }));
        Assert.Equal([], Shell.Apply(new Symlink(path) { Target = "/elsewhere" }));
        Assert.Equal(["target"], Shell.Apply(new Symlink(path) { Absent = true }));

        Assert.Equal(["content"], Shell.Apply(new File(path) { Content = "x" }));
        Assert.Equal(["mode"], Shell.Apply(new File(path) { Content = "x", Mode = Mode.Octal("4711") }));
        Assert.Equal([], Shell.Apply(new File(path) { Content = "x", Mode = Mode.Octal("4711") }));
        Assert.Equal(["file"], Shell.Apply(new File(path) { Absent = true }));
        Assert.Empty(System.IO.Directory.EnumerateFileSystemEntries(_folder.Path).ToList());
    }
}
