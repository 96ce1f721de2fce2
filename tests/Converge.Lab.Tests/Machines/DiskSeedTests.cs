using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;

namespace Converge.Lab.Tests;

public class DiskSeedTests
{
    private static readonly LabFile File = LabFile.Parse(
        """
        {
          "name": "small", "controller": "10.78.0.1/24",
          "hosts": [ { "name": "a", "address": "10.78.0.2" }, { "name": "b", "address": "10.78.0.3" } ]
        }
        """,
        "lab.json");

    [Fact]
    public void Every_host_knows_every_other_by_name() => Assert.Equal(
        "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n10.78.0.1\tcontroller\n10.78.0.2\ta\n10.78.0.3\tb\n",
        DiskSeed.Hosts(File));

    [Fact]
    public void Keys_are_readable_by_their_owners_only()
    {
        var entries = Entries(DiskSeed.Tar(File, File.Hosts[0], new SeedKeys("private", "public", "controller")));

        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal((0, ownerOnly), entries["etc/ssh/ssh_host_ed25519_key"]);
        Assert.Equal((0, ownerOnly), entries["root/.ssh/authorized_keys"]);
        Assert.Equal((1000, ownerOnly), entries["home/ops/.ssh/authorized_keys"]);
        Assert.Equal((1000, ownerOnly | UnixFileMode.UserExecute), entries["home/ops/.ssh"]);
    }

    private static Dictionary<string, (int Owner, UnixFileMode Mode)> Entries(byte[] archive)
    {
        using var reader = new TarReader(new MemoryStream(archive));
        var entries = new Dictionary<string, (int, UnixFileMode)>();
        while (reader.GetNextEntry() is { } entry)
            entries[entry.Name.TrimEnd('/')] = (entry.Uid, entry.Mode);
        return entries;
    }
}
