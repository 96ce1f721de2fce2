using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class NginxDefaultSiteTests
{
    private static readonly NginxDefaultSite Site = new();
    private static readonly NginxDefaultSiteState Enabled = new(new FileState(PathKind.Symlink) { Target = "/etc/nginx/sites-available/default" }, Installed: true);
    private static readonly NginxDefaultSiteState Removed = new(FileState.Missing, Installed: true);
    private static readonly NginxDefaultSiteState NotInstalled = new(FileState.Missing, Installed: false);

    [Fact]
    public void It_keeps_the_laws() => ResourceLaws.Check(new LawExample<NginxDefaultSiteState>(Site, Removed, Enabled));

    [Fact]
    public void An_enabled_site_is_removed() =>
        Assert.Equal("site: enabled → none [rm -f /etc/nginx/sites-enabled/default]", Describe.Diff(Site, Enabled));

    [Fact]
    public void A_plan_knows_that_installing_nginx_enables_it() =>
        Assert.Equal("site: enabled → none because package nginx enables it [rm -f /etc/nginx/sites-enabled/default]", Describe.Diff(Site, NotInstalled, "package nginx"));

    [Fact]
    public void An_upgrade_does_not_enable_it_again() => Assert.Equal("", Describe.Diff(Site, Removed, "package nginx"));

    [Fact]
    public void A_file_that_someone_made_is_not_thrown_away() =>
        Assert.Throws<ConvergeException>(() => Describe.Diff(Site, Enabled with { Link = new FileState(PathKind.File) }));
}
