namespace Converge.Modules.Tests;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("it's", @"'it\'s'")]
    [InlineData(@"back\slash", @"'back\\slash'")]
    [InlineData("\"; DROP DATABASE x; -- ", @"'\""; DROP DATABASE x; -- '")]
    [InlineData("a\0b\nc\rd\u001A", @"'a\0b\nc\rd\Z'")]
    [InlineData("größe", "'größe'")]
    public void Text_is_one_literal(string text, string literal) => Assert.Equal(literal, SqlText.Literal(text));

    [Theory]
    [InlineData("foobar", "`foobar`")]
    [InlineData("a`b`", "`a``b```")]
    public void A_name_is_one_identifier(string name, string identifier) => Assert.Equal(identifier, SqlText.Identifier(name));

    [Theory]
    [InlineData("foobar", "foobar")]
    [InlineData("foo_bar%", @"foo\_bar\%")]
    [InlineData(@"a\b", @"a\\b")]
    public void A_database_in_a_grant_stands_for_itself_alone(string database, string pattern) => Assert.Equal(pattern, SqlText.GrantPattern(database));

    [Theory]
    [InlineData("app", "617070")]
    [InlineData("名", "E5908D")]
    [InlineData("", "")]
    public void Hexadecimal_digits_go_both_ways(string text, string digits)
    {
        Assert.Equal(digits, SqlText.Hex(text));
        Assert.Equal(text, SqlText.FromHex(digits));
    }
}
