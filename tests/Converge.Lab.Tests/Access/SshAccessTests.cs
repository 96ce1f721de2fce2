using System.Collections.Generic;

namespace Converge.Lab.Tests;

public class SshAccessTests
{
    private static readonly LabFile File = LabFile.Parse(
        """
        { "name": "small", "controller": "10.78.0.1/24", "user": "root", "hosts": [ { "name": "a", "address": "10.78.0.2" } ] }
        """,
        "lab.json");

    [Fact]
    public void Ssh_config_names_everything_that_ssh_needs() => Assert.Equal(
        """
        # Lab small, written by converge lab.

        Host a
            HostName 10.78.0.2
            Port 22
            User root
            IdentityFile /run/x/small/id_ed25519
            IdentitiesOnly yes
            UserKnownHostsFile /run/x/small/known_hosts
            StrictHostKeyChecking yes

        """,
        SshAccess.Config(File, new LabFolders { Run = "/run/x" }.Of("small")));

    [Fact]
    public void Known_hosts_has_each_key_under_name_and_address() => Assert.Equal(
        "a,10.78.0.2 ssh-ed25519 AAAA\n",
        SshAccess.KnownHosts(File, new Dictionary<string, string> { ["a"] = "ssh-ed25519 AAAA comment\n" }));
}
