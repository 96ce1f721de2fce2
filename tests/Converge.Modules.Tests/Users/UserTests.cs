using System.Linq;

namespace Converge.Modules.Tests.Users;

public sealed class UserTests
{
    private static readonly UserState _app = new(true) { Uid = 999, Group = "app", Groups = ["adm"], Home = "/srv/app", Shell = "/bin/sh" };

    [Fact]
    public void An_account_as_wanted_needs_nothing() =>
        Assert.Equal("", Describe.Diff(new User("app") { Uid = 999, Group = "app", Groups = ["adm", "app"], Home = "/srv/app", Shell = "/bin/sh", System = true }, _app));

    [Fact]
    public void A_system_user_is_made_without_shell_and_home() =>
        Assert.Equal(
            "account: none → a system user [useradd --no-create-home --system --user-group --home-dir /srv/app --shell /usr/sbin/nologin app]",
            Describe.Diff(new User("app") { System = true, Home = "/srv/app" }, new UserState(false)));

    [Fact]
    public void All_that_is_wanted_of_a_new_account_goes_into_one_call() =>
        Assert.Equal(
            "account: none → a user [useradd --no-create-home --uid 1234 --gid staff --groups adm,sudo --shell /bin/bash --comment 'Ann O'\\''Nym' ann]",
            Describe.Diff(new User("ann") { Uid = 1234, Group = "staff", Groups = ["adm", "sudo"], Shell = "/bin/bash", Comment = "Ann O'Nym" }, new UserState(false)));

    [Fact]
    public void A_group_of_its_name_that_is_there_or_on_its_way_is_taken()
    {
        const string taken = "account: none → a user [useradd --no-create-home --gid app app]";

        Assert.Equal(taken, Describe.Diff(new User("app"), new UserState(false) { HasGroupOfItsName = true }));
        Assert.Equal(taken, Describe.Diff(new User("app"), new UserState(false), "group app"));
    }

    [Fact]
    public void Each_property_changes_by_itself() =>
        Assert.Equal(
            """
            uid: 999 → 1000 [usermod --uid 1000 app]
            group: app → web [usermod --gid web app]
            home: /srv/app → /home/app [usermod --home /home/app app]
            shell: /bin/sh → /bin/bash [usermod --shell /bin/bash app]
            comment: none → The app [usermod --comment 'The app' app]
            """,
            Describe.Diff(new User("app") { Uid = 1000, Group = "web", Home = "/home/app", Shell = "/bin/bash", Comment = "The app" }, _app));

    [Fact]
    public void Groups_are_added_and_taken_away_only_when_that_is_said()
    {
        Assert.Equal("groups: adm → adm, ssl [usermod --append --groups ssl app]", Describe.Diff(new User("app") { Groups = ["ssl"] }, _app));
        Assert.Equal("groups: adm → ssl [usermod --groups ssl app]", Describe.Diff(new User("app") { Groups = ["ssl"], GroupsExactly = true }, _app));
        Assert.Equal("groups: adm →  [usermod --groups '' app]", Describe.Diff(new User("app") { Groups = [], GroupsExactly = true }, _app));
        Assert.Equal("", Describe.Diff(new User("app"), _app));
    }

    [Fact]
    public void A_password_is_passed_by_standard_input_and_never_shown()
    {
        var hash = Secret.FromValue("HASH", "$6$salt$abcdefgh");
        var user = new User("app") { PasswordHash = hash };

        Assert.Equal("password: another → as given [chpasswd --encrypted]", Describe.Diff(user, _app with { PasswordHash = Secret.FromValue("old", "!") }));
        Assert.Equal("", Describe.Diff(user, _app with { PasswordHash = Secret.FromValue("same", "$6$salt$abcdefgh") }));
        var step = (RunProgram)user.Diff(_app, Describe.Context()).Single().Steps.Single();
        Assert.Equal("app:***\n", step.Input!.ToString());
        Assert.Equal("account: none → a user [useradd --no-create-home --user-group app]\npassword: none → as given [chpasswd --encrypted]", Describe.Diff(user, new UserState(false)));
    }

    [Fact]
    public void An_unwanted_account_is_removed_and_its_files_stay()
    {
        Assert.Equal("account: 999 → none [userdel app]", Describe.Diff(new User("app") { Absent = true }, _app));
        Assert.Equal("", Describe.Diff(new User("app") { Absent = true }, new UserState(false)));
    }

    [Fact]
    public void Groups_are_made_renumbered_and_removed()
    {
        Assert.Equal("group: none → a group [groupadd --system app]", Describe.Diff(new Group("app") { System = true }, new GroupState(null)));
        Assert.Equal("group: none → 500 [groupadd --gid 500 app]", Describe.Diff(new Group("app") { Gid = 500 }, new GroupState(null)));
        Assert.Equal("gid: 499 → 500 [groupmod --gid 500 app]", Describe.Diff(new Group("app") { Gid = 500 }, new GroupState(499)));
        Assert.Equal("group: 499 → none [groupdel app]", Describe.Diff(new Group("app") { Absent = true }, new GroupState(499)));
        Assert.Equal("", Describe.Diff(new Group("app") { System = true }, new GroupState(499)));
    }

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(
            [
                "\"0\" is no user name: at most 32 letters, digits and _ - . and no digit in front",
                "\"a b\" is no group name: at most 32 letters, digits and _ - . and no digit in front",
                "Home: the path is relative; give an absolute one, such as /etc/motd",
                "Home, Shell and Comment cannot hold a colon or a newline",
            ],
            new User("0") { Groups = ["a b"], Home = "srv", Comment = "a:b" }.Mistakes());

    [Fact]
    public void A_user_comes_after_its_groups() =>
        Assert.Equal(["group adm", "group web"], new User("app") { Group = "web", Groups = ["adm"] }.Needs.Select(n => n.ToString()));
}
