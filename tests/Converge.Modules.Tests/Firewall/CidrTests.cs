namespace Converge.Modules.Tests;

public sealed class CidrTests
{
    [Theory]
    [InlineData("10.77.0.1", "10.77.0.1")]
    [InlineData("10.77.0.1/32", "10.77.0.1")]
    [InlineData("10.77.0.0/24", "10.77.0.0/24")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("FD00::1", "fd00::1")]
    [InlineData("fd00::/64", "fd00::/64")]
    public void A_network_is_written_as_nft_writes_it(string text, string expected) => Assert.Equal(expected, Cidr.Parse(text).ToString());

    [Theory]
    [InlineData("10.77.0.5/24", "\"10.77.0.5/24\" is an address inside a network: did you mean \"10.77.0.0/24\"?")]
    [InlineData("fd00::5/64", "\"fd00::5/64\" is an address inside a network: did you mean \"fd00::/64\"?")]
    [InlineData("10.77.0.0/33", "\"10.77.0.0/33\" is no IP address or network in CIDR notation, such as 10.77.0.0/24")]
    [InlineData("10.77", "\"10.77\" is no IP address or network in CIDR notation, such as 10.77.0.0/24")]
    [InlineData("010.77.0.1", "\"010.77.0.1\" is no IP address or network in CIDR notation, such as 10.77.0.0/24")]
    [InlineData("fe80::1%eth0", "\"fe80::1%eth0\" is no IP address or network in CIDR notation, such as 10.77.0.0/24")]
    [InlineData("web1", "\"web1\" is no IP address or network in CIDR notation, such as 10.77.0.0/24")]
    [InlineData("10.0.0.1 } accept; #", "\"10.0.0.1 } accept; #\" is no IP address or network in CIDR notation, such as 10.77.0.0/24")]
    public void What_is_no_network_is_refused_with_what_was_meant(string text, string expected) => Assert.Equal(expected, Cidr.WhyNot(text));

    [Theory]
    [InlineData("10.77.0.0/24", "10.77.0.1", true)]
    [InlineData("10.77.0.0/24", "10.77.0.128/25", true)]
    [InlineData("10.77.0.0/24", "10.77.0.0/16", false)]
    [InlineData("10.77.0.0/24", "10.77.1.1", false)]
    [InlineData("10.77.0.0/20", "10.77.15.255", true)]
    [InlineData("0.0.0.0/0", "fd00::1", false)]
    [InlineData("fd00::/16", "fd00:1::1", true)]
    public void A_network_contains_what_is_inside(string network, string other, bool expected) =>
        Assert.Equal(expected, Cidr.Parse(network).Contains(Cidr.Parse(other)));
}
