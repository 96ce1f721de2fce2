namespace Converge.Lab.Tests;

public class LabNamesTests
{
    [Fact]
    public void The_longest_lab_name_still_makes_an_interface_name() =>
        Assert.Equal(15, LabNames.Link("twelve-chars").Length);

    [Theory]
    [InlineData("lab.a", true)]
    [InlineData("lab.a.b", true)]
    [InlineData("lab.a-b.c", false)]
    [InlineData("lab.ab", false)]
    [InlineData("a", false)]
    public void A_lab_owns_the_namespaces_that_carry_its_whole_name(string name, bool expected) =>
        Assert.Equal(expected, LabNames.IsNamespaceOf("a", name));

    [Fact]
    public void A_host_keeps_its_hardware_address_and_shares_it_with_no_other_lab()
    {
        var address = LabNames.MacAddress("foobar", "lb1");

        Assert.Equal(address, LabNames.MacAddress("foobar", "lb1"));
        Assert.NotEqual(address, LabNames.MacAddress("other", "lb1"));
        Assert.Matches("^02(:[0-9a-f]{2}){5}$", address);
    }
}
