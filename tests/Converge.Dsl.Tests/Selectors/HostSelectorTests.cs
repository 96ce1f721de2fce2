using System;
using System.Linq;

namespace Converge.Dsl.Tests.Selectors;

public sealed class HostSelectorTests
{
    private readonly Fleet _fleet = Site();

    [Theory]
    [InlineData("db1", "db1")]
    [InlineData("  db1  ", "db1")]
    [InlineData("all", "lb1 lb2 web1 web2 web3 web10 android db1")]
    [InlineData("*", "lb1 lb2 web1 web2 web3 web10 android db1")]
    [InlineData("web*", "web1 web2 web3 web10")]
    [InlineData("web?", "web1 web2 web3")]
    [InlineData("?b1", "lb1 db1")]
    [InlineData("web[13]", "web1 web3")]
    [InlineData("web[1-2]", "web1 web2")]
    [InlineData("web[!12]", "web3")]
    [InlineData("web[2:10]", "web2 web3 web10")]
    [InlineData("web[01:10]", "web10")]
    [InlineData("[l-w]*[1:3]", "lb1 lb2 web1 web2 web3")]
    [InlineData("role:lb", "lb1 lb2")]
    [InlineData("role:w*", "web1 web2 web3 web10")]
    [InlineData("role:lb and not lb2", "lb1")]
    [InlineData("lb1,db1", "lb1 db1")]
    [InlineData("db1 , lb1 or web1", "lb1 web1 db1")]
    [InlineData("lb1 or web* and not web[1:3]", "lb1 web10")]
    [InlineData("(lb1 or web*) and not(web[1:3])", "lb1 web10")]
    [InlineData("not not lb1", "lb1")]
    [InlineData("not (role:web or role:lb)", "android db1")]
    [InlineData("android", "android")]
    [InlineData("and*", "android")]
    public void A_selector_means_hosts_in_the_order_of_the_fleet(string selector, string expected)
    {
        var hosts = HostSelector.Parse(selector).Select(_fleet);

        Assert.Equal(expected, string.Join(' ', hosts));
    }

    [Fact]
    public void A_range_with_leading_zeros_wants_as_many_digits()
    {
        var fleet = new Fleet();
        foreach (var name in new[] { "n1", "n01", "n09", "n10", "n12", "n012", "n13" })
        {
            fleet.Host(name);
        }

        Assert.Equal("n01 n09 n10 n12", string.Join(' ', HostSelector.Parse("n[01:12]").Select(fleet)));
        Assert.Equal("n1 n10 n12", string.Join(' ', HostSelector.Parse("n[1:12]").Select(fleet)));
    }

    [Theory]
    [InlineData("", "expected a host name, role:, all, not or ( at the end", 0)]
    [InlineData("role:lb and and lb2", "expected a host name, role:, all, not or (, found and", 12)]
    [InlineData("role:lb and", "expected a host name, role:, all, not or ( at the end", 11)]
    [InlineData("web1 web2", "expected and, or, a comma or the end, found web2", 5)]
    [InlineData("web1)", "expected and, or, a comma or the end, found )", 4)]
    [InlineData("(web1 or (db1", "expected and, or, a comma or ) at the end", 13)]
    [InlineData("(web1 db1)", "expected and, or, a comma or ), found db1", 6)]
    [InlineData("role:", "expected the name of a role at the end", 5)]
    [InlineData("group:lb", "expected and, or, a comma or the end, found :", 5)]
    [InlineData("web[1:", "expected a number at the end", 6)]
    [InlineData("web[1:3", "expected ] at the end", 7)]
    [InlineData("web[", "expected a number or a character of a name at the end", 4)]
    [InlineData("web[ab", "expected ] at the end", 6)]
    [InlineData("lb1 or web[3:1]", "[3:1] goes down: write [1:3]", 10)]
    [InlineData("lb1,,lb2", "expected a host name, role:, all, not or (, found ,", 4)]
    [InlineData("lb1 or $(reboot)", "expected a host name, role:, all, not or (, found $", 7)]
    public void What_cannot_be_read_is_said_with_its_place(string selector, string message, int column)
    {
        var error = Assert.Throws<ConvergeException>(() => HostSelector.Parse(selector));

        Assert.Equal($"host selector: {message}\n    {selector}\n    {new string(' ', column)}^", error.Message);
        Assert.Equal("For example: role:lb and not lb2\nor: web*, db1\nor: web[01:12]", error.Remedy);
    }

    [Fact]
    public void Every_term_that_fits_no_host_is_named_with_what_was_probably_meant()
    {
        var error = Assert.Throws<ConvergeException>(() => HostSelector.Parse("wbe1, role:lbs and not db*, app*, web[7:9], web1").Select(_fleet));

        Assert.Equal(
            "host selector \"wbe1, role:lbs and not db*, app*, web[7:9], web1\": no host is called wbe1 (did you mean web1?); "
            + "no host has the role lbs (did you mean lb?); no host is called like app*; no host is called like web[7:9]",
            error.Message);
        Assert.Equal("Hosts: lb1, lb2, web1, web2, web3, web10, android, db1\nRoles: lb, web", error.Remedy);
    }

    [Fact]
    public void Terms_that_leave_no_host_together_are_refused()
    {
        var error = Assert.Throws<ConvergeException>(() => HostSelector.Parse("role:lb and web1").Select(_fleet));

        Assert.Equal("host selector \"role:lb and web1\" leaves no host", error.Message);
    }

    [Fact]
    public void A_selector_that_is_too_long_or_too_deep_is_refused_at_once()
    {
        var tooLong = Assert.Throws<ConvergeException>(() => HostSelector.Parse(new string('a', 1001)));
        var tooDeep = Assert.Throws<ConvergeException>(() => HostSelector.Parse(new string('(', 900)));

        Assert.Equal("a host selector of 1001 characters is too long: 1000 is the most", tooLong.Message);
        Assert.Equal($"host selector: more than 32 parentheses inside one another\n    {new string('(', 92)}\n    {new string(' ', 32)}^", tooDeep.Message);
    }

    [Fact]
    public void Nothing_that_can_be_typed_hangs_or_crashes()
    {
        string[] pieces = ["(", ")", "not ", " and ", " or ", ",", "all", "role:", "web", "*", "?", "[", "]", "1:3", "!", "-", "ab", " ", "é", "\0", "\"", "((((((((((a or "];
        var random = new Random(1);
        for (var run = 0; run < 5000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)]));
            Read(text);
        }

        Read(string.Concat(Enumerable.Repeat("(a or ", 32)));
        Read(string.Concat(Enumerable.Repeat("not ", 249)) + "all");
        Read(string.Concat(Enumerable.Repeat("a,", 499)) + "a");
        Read(string.Concat(Enumerable.Repeat("*a", 500)));
    }

    private void Read(string text)
    {
        try
        {
            var selector = HostSelector.Parse(text);
            _ = _fleet.Hosts.Count(selector.Matches);
        }
        catch (ConvergeException e)
        {
            Assert.StartsWith("host selector: ", e.Message, StringComparison.Ordinal);
        }
    }

    private static Fleet Site()
    {
        var fleet = new Fleet();
        foreach (var (name, role) in new[] { ("lb1", "lb"), ("lb2", "lb"), ("web1", "web"), ("web2", "web"), ("web3", "web"), ("web10", "web"), ("android", null), ("db1", null) })
        {
            fleet.Host(name, roles: role is null ? [] : [role]);
        }

        return fleet;
    }
}
