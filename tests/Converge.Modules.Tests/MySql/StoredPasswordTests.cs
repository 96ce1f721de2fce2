using System;
using System.Text;

namespace Converge.Modules.Tests;

/// <summary>All stored forms were made by real servers: MySQL 9.7, MariaDB 10.11 and 11.8.</summary>
public sealed class StoredPasswordTests
{
    private const string Odd = "päss'w\\ord";
    private const string Long = "0123456789012345678901234567890123456789012345678901234567890123456789";

    public static TheoryData<string, string, string> Recorded => new()
    {
        { "caching_sha2_password", "secret", "244124303041246F28792A62176E5E655D1102351606325B28320D41365158426167376F6B68717A6C6F79646F787A31777561354F4B764771616A4B52304858474B4D566F32" },
        { "caching_sha2_password", Odd, "24412430304124796D5B687D5902761C0910404C6664386F1931506955764B58646B2F36526D4D464762463748746157782E4D4D726B6E43746459597633536F6D7637303530" },
        { "caching_sha2_password", "a", "24412430304124501E442F197D41650E536A4417457F71476D403B796C6943564547734D6F424A676D4848614C467A76414F70376C766A436564424D39637139754E42326937" },
        { "caching_sha2_password", Long, "244124303041242E0F113A6E7649797201644658775C573F79284B3133696A616F757539523644737A4C31495A57524A4D635531524365725767757233315249756870484A44" },
        { "mysql_native_password", "secret", "2A31344536353536374142444235313335443043464439413730423330333243313739413439454537" },
        { "mysql_native_password", Odd, "2A30353544343530353837414244353341304345344239303542354533384333433033413544454133" },
        { "ed25519", "secret", "5A496755524555673550566751364C736B68586D4F2B655A4C53306E433862653648506A59575234594A59" },
        { "ed25519", Odd, "6F79724D7A7A585171326F68494C5A44736E43504633746E374A5772714F7A684A50653358323854324977" },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    public void The_right_password_fits_what_a_server_stored(string plugin, string password, string stored) =>
        Assert.True(Fits(plugin, stored, password));

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Another_password_does_not_fit(string plugin, string password, string stored)
    {
        Assert.False(Fits(plugin, stored, password + "x"));
        Assert.False(Fits(plugin, stored, password[..^1] + "!"));
    }

    [Theory]
    [InlineData("caching_sha2_password", "")]
    [InlineData("caching_sha2_password", "24412430304124")]
    [InlineData("caching_sha2_password", "2441247A7A7A246F28792A62176E5E655D1102351606325B28320D41365158426167376F6B68717A6C6F79646F787A31777561354F4B764771616A4B52304858474B4D566F32")]
    [InlineData("mysql_native_password", "")]
    [InlineData("mysql_native_password", "696E76616C6964")]
    [InlineData("auth_socket", "")]
    [InlineData("parsec", "50303A")]
    public void Nothing_fits_what_is_not_stored_for_a_password(string plugin, string stored) => Assert.False(Fits(plugin, stored, "secret"));

    [Fact]
    public void What_is_stored_does_not_show()
    {
        var stored = new StoredPassword("mysql_native_password", "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7"u8.ToArray());

        var account = new MySqlAccount(stored, []);

        Assert.DoesNotContain("14E65567", $"{stored} {account} {new MySqlUserState(new MySqlServerState(MySqlReach.Up), account)}", StringComparison.Ordinal);
    }

    private static bool Fits(string plugin, string stored, string password) =>
        new StoredPassword(plugin, Convert.FromHexString(stored)).Fits(Secret.FromValue($"VECTOR_{Encoding.UTF8.GetByteCount(password)}", password));
}
