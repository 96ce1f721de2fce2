namespace Converge.Lab.Tests;

public class MountTableTests
{
    private static readonly string[] Hybrid =
    [
        "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
        "30 22 0:26 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755",
        "31 30 0:27 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory",
        "39 30 0:35 / /sys/fs/cgroup/unified rw,relatime shared:9 master:3 - cgroup2 cgroup2 rw",
        "50 22 0:40 / /var/lib rw,relatime - overlay overlay rw",
    ];

    [Fact]
    public void The_version_2_hierarchy_is_found_beside_version_1() =>
        Assert.Equal("/sys/fs/cgroup/unified", CgroupMount.Find(MountTable.Parse(Hybrid)));

    [Fact]
    public void The_usual_place_is_preferred() => Assert.Equal("/sys/fs/cgroup", CgroupMount.Find(MountTable.Parse(
    [
        "60 22 0:35 / /run/other rw - cgroup2 cgroup2 rw",
        "35 25 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate",
    ])));

    [Fact]
    public void A_machine_without_it_is_recognised() => Assert.Null(CgroupMount.Find(MountTable.Parse(Hybrid[..3])));

    [Theory]
    [InlineData("/var/lib/converge-lab", "overlay")]
    [InlineData("/var/library", "ext4")]
    [InlineData("/", "ext4")]
    public void A_path_lies_on_the_deepest_mount_above_it(string path, string fileSystem) =>
        Assert.Equal(fileSystem, MountTable.Parse(Hybrid).Holding(path)?.FileSystem);
}
