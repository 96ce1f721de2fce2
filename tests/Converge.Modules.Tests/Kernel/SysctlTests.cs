using System.Linq;

namespace Converge.Modules.Tests.Kernel;

public sealed class SysctlTests
{
    private static readonly Sysctl _wanted = new("net.ipv4.tcp_rmem") { Value = "4096  131072 6291456" };

    private static readonly FileState _file = new(PathKind.File)
    {
        Sha256 = ((Content)"net.ipv4.tcp_rmem = 4096 131072 6291456\n").Sha256(null),
        Mode = Mode.Octal("0644"),
    };

    [Fact]
    public void A_parameter_that_is_set_now_and_at_boot_needs_nothing() => Assert.Equal("", Describe.Diff(_wanted, new SysctlState("4096 131072 6291456", _file)));

    [Fact]
    public void The_live_value_and_the_file_are_set_each_by_itself()
    {
        Assert.Equal("value: 1 → 4096 131072 6291456 (runtime) [tee /proc/sys/net/ipv4/tcp_rmem]", Describe.Diff(_wanted, new SysctlState("1", _file)));
        Assert.StartsWith(
            "at boot, content: none → 40 B [put /etc/sysctl.d/99-zz-converge-net.ipv4.tcp_rmem.conf]",
            Describe.Diff(_wanted, new SysctlState("4096 131072 6291456", FileState.Missing)),
            System.StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_for_the_file_is_made_where_a_small_system_has_none() =>
        Assert.StartsWith(
            "at boot, content: none → 40 B [install -d -m 0755 /etc/sysctl.d; put /etc/sysctl.d/99-zz",
            Describe.Diff(_wanted, new SysctlState("4096 131072 6291456", FileState.Missing with { FolderMissing = true })),
            System.StringComparison.Ordinal);

    [Fact]
    public void A_parameter_that_the_kernel_does_not_have_is_an_error_unless_it_may_still_come()
    {
        Assert.Equal("the kernel has no parameter net.ipv4.tcp_rmem", Assert.Throws<ConvergeException>(() => Describe.Diff(_wanted, new SysctlState(null, _file))).Message);
        Assert.Equal("value: perhaps 4096 131072 6291456, decided after package kmod on host", Describe.Diff(_wanted, new SysctlState(null, _file), "package kmod"));
    }

    [Theory]
    [InlineData("net.ipv4.ip_forward", "/proc/sys/net/ipv4/ip_forward", "net.ipv4.ip_forward")]
    [InlineData("net.ipv4.conf.eth0/1.rp_filter", "/proc/sys/net/ipv4/conf/eth0.1/rp_filter", "net.ipv4.conf.eth0/1.rp_filter")]
    [InlineData("net/ipv4/conf/eth0.1/rp_filter", "/proc/sys/net/ipv4/conf/eth0.1/rp_filter", "net.ipv4.conf.eth0/1.rp_filter")]
    public void Dots_and_slashes_separate_as_sysctl_has_them(string key, string path, string dotted) =>
        Assert.Equal((path, dotted), (SysctlQuestion.PathOf(key), SysctlQuestion.Dotted(key)));

    [Fact]
    public void This_machine_is_asked_for_real()
    {
        foreach (var key in new[] { "kernel.ostype", "kernel.pid_max", "net.ipv4.tcp_rmem", "vm.swappiness" })
        {
            Assert.Equal(SysctlQuestion.SingleBlanks(System.IO.File.ReadAllText(SysctlQuestion.PathOf(key))), Shell.Ask(SysctlQuestion.Ask(key)));
        }

        Assert.Null(Shell.Ask(SysctlQuestion.Ask("kernel.no_such")));
    }

    [Fact]
    public void Keys_and_values_that_cannot_be_are_mistakes()
    {
        Assert.Equal(
            ["\"net ipv4\" is no kernel parameter: names separated by dots, such as net.ipv4.ip_forward", "its Value is empty or has several lines"],
            new Sysctl("net ipv4") { Value = " " }.Mistakes());
        Assert.Single(new Sysctl("net.../x") { Value = "1" }.Mistakes());
    }

    [Fact]
    public void The_file_is_rendered_without_a_host() =>
        Assert.Equal("net.ipv4.tcp_rmem = 4096 131072 6291456\n", _wanted.Renders.Single().Content.ToString());
}
