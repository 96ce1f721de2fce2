using System.Net;

namespace Converge.Lab.Tests;

public class SubnetTests
{
    [Theory]
    [InlineData("10.77.0.1/24")]
    [InlineData("172.16.5.9/30")]
    [InlineData("192.168.1.254/16")]
    public void A_private_address_with_a_prefix_length_is_a_subnet(string text)
    {
        Assert.True(Subnet.TryParse(text, out var subnet));
        Assert.Equal(text, subnet.ToString());
    }

    [Theory]
    [InlineData("10.77.0.1")]
    [InlineData("10.77.0.0/24")]
    [InlineData("10.77.0.255/24")]
    [InlineData("10.77.0.1/31")]
    [InlineData("10.77.0.1/7")]
    [InlineData("10.77.1/24")]
    [InlineData("172.32.0.1/24")]
    [InlineData("192.168.0.1/12")]
    [InlineData("fd00::1/64")]
    [InlineData("10.77.0.1/+24")]
    public void Anything_else_is_not(string text) => Assert.False(Subnet.TryParse(text, out _));

    [Theory]
    [InlineData("10.77.0.2", true)]
    [InlineData("10.77.0.1", false)]
    [InlineData("10.77.0.255", false)]
    [InlineData("10.77.1.2", false)]
    [InlineData("lb1", false)]
    public void It_has_room_for_other_host_addresses(string address, bool expected)
    {
        Assert.True(Subnet.TryParse("10.77.0.1/24", out var subnet));
        Assert.Equal(expected, subnet.HasRoomFor(address));
    }

    [Theory]
    [InlineData("10.77.0.200", 25, true)]
    [InlineData("10.0.0.1", 8, true)]
    [InlineData("10.77.1.1", 24, false)]
    public void It_overlaps_with_what_shares_addresses(string address, int length, bool expected)
    {
        Assert.True(Subnet.TryParse("10.77.0.1/24", out var subnet));
        Assert.Equal(expected, subnet.Overlaps(IPAddress.Parse(address), length));
    }
}
