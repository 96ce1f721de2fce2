using System.Linq;

namespace Converge.Core.Tests.Errors;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("wbe1", "web1 web2 db1", "web1")]
    [InlineData("WEB1", "web1", "web1")]
    [InlineData("Contnt", "Content Connect", "Content")]
    [InlineData("Writeln", "WriteLine", "WriteLine")]
    [InlineData("lb9", "lb1 db9", "db9")]
    [InlineData("x", "y z", null)]
    [InlineData("db", "lb web", "lb")]
    [InlineData("haproxy", "nginx", null)]
    [InlineData("same", "same", null)]
    [InlineData("", "a", null)]
    public void The_name_with_the_fewest_slips_is_meant(string typed, string known, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(typed, known.Split(' ')));

    [Fact]
    public void Long_texts_are_not_compared() =>
        Assert.Null(Spelling.Suggest(new string('a', 100_000), Enumerable.Repeat(new string('b', 100_000), 10)));

    [Fact]
    public void A_suggestion_is_a_question() => Assert.Equal("did you mean web1?", Spelling.Suggest("web", ["web1"]));
}
