using System;
using System.Threading.Tasks;
using Converge.Acceptance.Running;

namespace Converge.Acceptance.BadInput;

/// <summary>Hosts on which something cannot be done.</summary>
[Collection(nameof(BadInputLab))]
public sealed class BrokenHostTests(BadInputLab lab)
{
    [Fact]
    public async Task A_package_that_does_not_exist_fails_alone()
    {
        using var script = new BadScript("""
            var two = Host("two", "10.78.9.12");
            two.Add(new Package("nosuch-package"));
            two.Add(new Package("curl"));
            two.Add(new Package("python3-flask") { Version = "99.*" });
            """);

        var run = await lab.ApplyAsync(script, 1);

        Says(run, "package nosuch-package on two: did not converge\n  version: wanted newest, still none", "E: Unable to locate package nosuch-package", "declared at: bad.csx:2:1");
        Says(run, "package python3-flask on two: did not converge\n  version: wanted 99.*, still none", "E: Version '99.*' for 'python3-flask' was not found", "declared at: bad.csx:4:1");
        Says(run, "two: changed package curl (version)", "Failed: 1 changed, 0 unchanged, 2 failed, 0 skipped on 1 host");
        Assert.Equal("installed", await lab.OnAsync("two", "dpkg-query -W -f '${db:Status-Status}' curl"));
    }

    [Fact]
    public async Task Who_holds_the_lock_of_dpkg_is_said_when_the_wait_is_over()
    {
        using var script = new BadScript("""
            var two = Host("two", "10.78.9.12");
            two.Add(new Package("gawk") { LockWait = TimeSpan.FromSeconds(1) });
            """);
        // Another apt-get, which has the lock and then takes its time.
        await lab.OnAsync("two", """
            apt-get -qq update
            systemd-run -q --collect --unit=other-apt apt-get install -y -o 'DPkg::Pre-Invoke::=touch /run/has-lock; sleep 100' gunicorn
            timeout 20 sh -c 'until [ -e /run/has-lock ]; do sleep 0.1; done'
            """);

        var refused = await lab.ApplyAsync(script, 1);
        var left = await lab.OnAsync("two", "systemctl stop other-apt; dpkg --audit; ls /var/lib/dpkg/updates");
        var free = await lab.ApplyAsync(script, 0, "--json");

        Says(refused, "package gawk on two: failed", "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process ", "(apt-get)", "declared at: bad.csx:2:1");
        Assert.Equal("", left);
        Assert.Equal(1, free.Number("changed"));
    }

    [Fact]
    public async Task A_full_disk_leaves_the_old_file_and_nothing_half_written()
    {
        using var script = new BadScript("""
            var two = Host("two", "10.78.9.12");
            two.Add(new File("/srv/full/there") { Content = Content.Bytes(new byte[1 << 20]) });
            two.Add(new File("/srv/full/new") { Content = Content.Bytes(new byte[1 << 20]) });
            """);
        await lab.OnAsync("two", "mkdir /srv/full; mount -t tmpfs -o size=64k full /srv/full; echo old >/srv/full/there");

        var run = await lab.ApplyAsync(script, 1);

        Says(run, "file /srv/full/there on two: failed", "No space left on device", "declared at: bad.csx:2:1", "file /srv/full/new on two: failed", "declared at: bad.csx:3:1");
        Assert.Equal("old\nthere\n", await lab.OnAsync("two", "cat /srv/full/there; ls -A /srv/full"));
        await lab.NothingIsLeftAsync("two");
    }

    [Fact]
    public async Task A_read_only_file_system_is_said_for_files_folders_and_links()
    {
        using var script = new BadScript("""
            var two = Host("two", "10.78.9.12");
            two.Add(new File("/srv/sealed/there") { Content = "new" });
            two.Add(new Directory("/srv/sealed/folder"));
            two.Add(new Symlink("/srv/sealed/link") { Target = "there" });
            two.Add(new File("/srv/beside") { Content = "done" });
            """);
        await lab.OnAsync("two", "mkdir /srv/sealed; mount -t tmpfs sealed /srv/sealed; echo old >/srv/sealed/there; mount -o remount,ro /srv/sealed");

        var run = await lab.ApplyAsync(script, 1);

        Says(run, "file /srv/sealed/there on two: failed", "directory /srv/sealed/folder on two: failed", "symlink /srv/sealed/link on two: failed");
        Assert.Equal(4, run.Text.Split("Read-only file system").Length);
        Says(run, "declared at: bad.csx:2:1", "declared at: bad.csx:3:1", "declared at: bad.csx:4:1", "two: changed file /srv/beside");
        Assert.Equal("old\nthere\n", await lab.OnAsync("two", "cat /srv/sealed/there; ls -A /srv/sealed"));
        await lab.NothingIsLeftAsync("two");
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_file_is_replaced_and_what_it_pointed_at_stays()
    {
        using var script = new BadScript("Host(\"two\", \"10.78.9.12\").Add(new File(\"/srv/links/wanted\") { Content = \"new\\n\" });");
        await lab.OnAsync("two", "mkdir /srv/links; echo old >/srv/links/real; chmod 600 /srv/links/real; ln -s real /srv/links/wanted");

        await lab.ApplyAsync(script, 0);
        var again = await lab.ApplyAsync(script, 0, "--json");

        Assert.Equal(0, again.Number("changed"));
        Assert.Equal("regular file 644\nregular file 600\nnew\nold\nreal\nwanted\n",
            await lab.OnAsync("two", "cd /srv/links; stat -c '%F %a' wanted real; cat wanted real; ls -A"));
    }

    private static void Says(ProgramRun run, params string[] words) => Assert.All(words, w => Assert.Contains(w, run.Text, StringComparison.Ordinal));
}
