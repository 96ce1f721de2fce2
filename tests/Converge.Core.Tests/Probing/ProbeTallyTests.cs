using System;
using Converge.Probing;
using Converge.Testing;

namespace Converge.Core.Tests.Probing;

public sealed class ProbeTallyTests
{
    [Fact]
    public void The_gap_is_the_longest_time_without_a_good_answer()
    {
        var time = new ManualTime();
        var tally = new ProbeTally(time);
        tally.Answered();

        time.Advance(TimeSpan.FromMilliseconds(300));
        tally.Failed();
        time.Advance(TimeSpan.FromMilliseconds(400));
        tally.Answered();
        time.Advance(TimeSpan.FromMilliseconds(5));
        tally.Answered();

        Assert.Equal(new ProbeReport(4, 1, TimeSpan.FromMilliseconds(700)), tally.Report);
    }

    [Fact]
    public void An_outage_that_lasts_is_a_gap_too()
    {
        var time = new ManualTime();
        var tally = new ProbeTally(time);

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(2), tally.Report.LongestGap);
    }
}
