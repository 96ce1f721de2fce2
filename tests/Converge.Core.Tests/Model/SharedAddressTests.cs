using System;

namespace Converge.Core.Tests.Model;

public class SharedAddressTests
{
    [Theory]
    [InlineData("10.77.0.100/24", "10.77.0.100/24")]
    [InlineData("10.77.0.100", "10.77.0.100/32")]
    [InlineData("FD00:0::1/64", "fd00::1/64")]
    public void An_address_is_read_with_its_prefix_length(string text, string expected) =>
        Assert.Equal(expected, SharedAddress.Parse(text).ToString());

    [Theory]
    [InlineData("10.77.0")]
    [InlineData("10.77.0.300/24")]
    [InlineData("10.77.0.100/33")]
    [InlineData("10.77.0.100/")]
    [InlineData("www")]
    public void What_is_no_address_is_refused(string text) =>
        Assert.Contains(text, Assert.Throws<ConvergeException>(() => SharedAddress.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("10.77.0.100/24", "10.77.0.7", true)]
    [InlineData("10.77.0.100/24", "10.77.1.7", false)]
    [InlineData("fd00::1/64", "fd00::2", true)]
    [InlineData("10.77.0.100/24", "fd00::2", false)]
    [InlineData("10.77.0.100/24", "web1", false)]
    public void Near_means_in_the_same_network(string shared, string other, bool near) =>
        Assert.Equal(near, SharedAddress.Parse(shared).IsNear(other));

    [Fact]
    public void A_port_is_written_as_clients_write_it()
    {
        Assert.Equal("10.77.0.100:80", SharedAddress.Parse("10.77.0.100/24").Port(80).Address);
        Assert.Equal("[fd00::1]:80", SharedAddress.Parse("fd00::1/64").Port(80).Address);
    }

    [Fact]
    public void Without_a_holder_no_host_is_known()
    {
        var fleet = new Fleet();

        Assert.Empty(SharedAddress.Parse("10.77.0.100/24").Port(80).EndpointsIn(fleet));
    }
}
