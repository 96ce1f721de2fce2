using Converge.Sessions.Ssh;

namespace Converge.Core.Tests.Sessions.Ssh;

public sealed class HostPatternTests
{
    [Theory]
    [InlineData("web1", "web1", true)]
    [InlineData("web1", "web11", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("?", "", false)]
    [InlineData("web?", "web1", true)]
    [InlineData("*.example.com", "a.b.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("a*b*c", "aXXbYYc", true)]
    [InlineData("a*b*c", "aXXcYYb", false)]
    [InlineData("*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("", "", true)]
    [InlineData("", "x", false)]
    public void Stars_and_question_marks_match(string pattern, string name, bool matches) =>
        Assert.Equal(matches, HostPattern.Matches(pattern, name));

    [Theory]
    [InlineData("a b", "b", true)]
    [InlineData("* !b", "b", false)]
    [InlineData("!b *", "b", false)]
    [InlineData("!b", "a", false)]
    [InlineData("", "a", false)]
    public void A_denial_wins(string patterns, string name, bool matches) =>
        Assert.Equal(matches, HostPattern.MatchesList(patterns.Split(' '), name));
}
