namespace Converge.Lab.Tests;

public class CapabilitiesTests
{
    [Theory]
    [InlineData("CapEff:\t000001ffffffffff", true)]
    // Docker's default set: no CAP_NET_ADMIN, no CAP_SYS_ADMIN.
    [InlineData("CapEff:\t00000000a80425fb", false)]
    [InlineData("CapBnd:\t000001ffffffffff", false)]
    public void A_lab_needs_mount_and_network_administration(string line, bool expected) =>
        Assert.Equal(expected, Capabilities.Suffice(["Name:\tdotnet", line]));
}
