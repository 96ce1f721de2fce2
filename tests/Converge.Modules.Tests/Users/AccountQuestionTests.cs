namespace Converge.Modules.Tests.Users;

public sealed class AccountQuestionTests
{
    // Recorded on a host where "app" was made with useradd --system and put into adm and ssl, "ann" has a password, and "web" is only a group:
    // asked for app, ann (with hash), nobody and web.
    [Theory]
    [InlineData("bookworm.txt")]
    [InlineData("trixie.txt")]
    [InlineData("sid.txt")]
    public void Each_suite_is_read(string suite)
    {
        var users = AccountQuestion.Read(Fixture.Read(suite));

        Assert.Equal(("app", "/srv/app", "/usr/sbin/nologin", "The app"), (users["app"].Group, users["app"].Home, users["app"].Shell, users["app"].Comment));
        Assert.Equal(["adm", "ssl"], users["app"].Groups);
        Assert.Null(users["app"].PasswordHash);
        Assert.Equal("$6$saltsalt$pauPrmdmG4BTE9h2HPmywiw152IFch6BJCEsaY6D.PLTfpV8sqvXwWdyfsgVgozkYH9B80bAip/08R2BPH2xk/", users["ann"].PasswordHash!.Reveal());
        Assert.Equal((65534, "nogroup"), (users["nobody"].Uid, users["nobody"].Group));
        Assert.True(users.ContainsKey("group web"));
        Assert.False(users.ContainsKey("web"));
    }

    [Fact]
    public void This_machine_is_asked_for_real()
    {
        var (root, none, group, noGroup) = (
            Shell.Ask(AccountQuestion.AskUser("root", withHash: false)), Shell.Ask(AccountQuestion.AskUser("no-such-user", withHash: true)),
            Shell.Ask(AccountQuestion.AskGroup("root")), Shell.Ask(AccountQuestion.AskGroup("no-such-group")));

        Assert.Equal((true, 0, "root"), (root.Exists, root.Uid, root.Group));
        Assert.False(none.Exists);
        Assert.Equal((0, null), (group.Gid, noGroup.Gid));
    }
}
