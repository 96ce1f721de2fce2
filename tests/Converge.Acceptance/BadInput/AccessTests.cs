using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.Running;

namespace Converge.Acceptance.BadInput;

/// <summary>Hosts that do not let us in.</summary>
[Collection(nameof(BadInputLab))]
public sealed class AccessTests(BadInputLab lab)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_fails_with_cause_and_remedy_what_depends_on_it_is_skipped_and_the_others_finish()
    {
        using var script = new BadScript("""
            var two = Host("two", "10.78.9.12");
            foreach (var name in new[] { "absent", "stranger", "changed", "plain" })
            {
                var first = Host(name, "10.78.9.99").Add(new File("/etc/first") { Content = name });
                two.Add(new File($"/etc/after-{name}") { Content = name, After = [first] });
            }

            two.Add(new File("/etc/independent") { Content = "done" });
            """);
        await DescribeHostsAsync(script);
        await lab.OnAsync("one", "useradd -m plain; cp -r ~ops/.ssh ~plain/; chown -R plain: ~plain");

        var run = await lab.ApplyAsync(script, 1);

        Says(run, "absent: not reached\n  10.78.9.99 cannot be reached: No route to host", "Is the host up, and is that its address?");
        Says(run, "stranger: not reached\n  ops@10.78.9.11 does not let us in", "/other was not accepted", "Put the public key into ~ops/.ssh/authorized_keys on the host");
        Says(run, "changed: not reached\n  the key of 10.78.9.11 is not the one on record", "ssh-keygen -R 10.78.9.11 -f ", "run again with --accept-new-host-keys");
        Says(run, "plain: not reached\n  sudo refuses: sudo: a password is required", "plain ALL=(root) NOPASSWD: ALL");
        foreach (var name in (string[])["absent", "stranger", "changed", "plain"])
            Says(run, $"two: skipped file /etc/after-{name}, because {name} was not reached");
        Says(run, "declared at: bad.csx:4:", "Failed: 1 changed, 0 unchanged, 4 failed, 8 skipped on 5 hosts");
        Assert.Equal("/etc/independent\n", await lab.OnAsync("two", "ls /etc/independent /etc/after-* 2>/dev/null || true"));
        Assert.Equal("", await lab.OnAsync("one", "ls /etc/first 2>/dev/null || true"));
    }

    [Fact]
    public async Task A_changed_key_is_refused_also_where_new_ones_are_accepted()
    {
        using var script = new BadScript("Host(\"changed\", \"10.78.9.11\").Add(new File(\"/etc/first\") { Content = \"x\" });");
        await DescribeHostsAsync(script);
        var before = await File.ReadAllTextAsync(script.PathOf("known_hosts"), Ct);

        var run = await lab.ApplyAsync(script, 1, "--accept-new-host-keys");

        Says(run, "the key of 10.78.9.11 is not the one on record");
        Assert.Equal(before, await File.ReadAllTextAsync(script.PathOf("known_hosts"), Ct));
    }

    private static void Says(ProgramRun run, params string[] words) => Assert.All(words, w => Assert.Contains(w, run.Text, StringComparison.Ordinal));

    // The absent host is at an address that nobody has; three names lead to host one, each with something else that is wrong.
    private async Task DescribeHostsAsync(BadScript script)
    {
        var (key, known) = (lab.Status.IdentityFile!, lab.Status.KnownHosts!);
        var other = script.PathOf("other");
        (await ProgramRun.OfAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", other], Ct)).EndedWith(0);
        var words = (await File.ReadAllTextAsync(other + ".pub", Ct)).Split(' ');
        await File.WriteAllTextAsync(script.PathOf("known_hosts"), $"{BadInputLab.One} {words[0]} {words[1]}\n", Ct);
        await File.WriteAllTextAsync(script.PathOf("ssh_config"), $"""
            {Entry("two", BadInputLab.Two, "ops", key, known)}
            {Entry("absent", BadInputLab.Nobody, "ops", key, known)}
            {Entry("stranger", BadInputLab.One, "ops", other, known)}
            {Entry("changed", BadInputLab.One, "ops", key, script.PathOf("known_hosts"))}
            {Entry("plain", BadInputLab.One, "plain", key, known)}
            """, Ct);
    }

    private static string Entry(string name, string address, string user, string key, string known) => $"""
        Host {name}
            HostName {address}
            User {user}
            IdentityFile {key}
            UserKnownHostsFile {known}
        """;
}
