using System;
using System.Linq;
using System.Threading.Tasks;
using Converge.Sessions;
using Converge.Sessions.Shell;
using Converge.Testing;
using CsCheck;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Fuzzing;

/// <summary>A target that may say anything, in frames that are sound, forged, cut or without end.</summary>
public sealed class SessionFuzzTests
{
    private static readonly SessionOptions _options = new() { RaisePrivilege = false, StopGrace = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public Task Whatever_a_target_answers_an_exchange_ends_with_results_or_says_that_the_host_is_lost() => HostileChannel.Answers.SampleAsync(
        async answer =>
        {
            await using var session = await ShellSession.StartAsync("host", new HostileChannel(answer), _options, TestContext.Current.CancellationToken);
            ExchangeItem[] items = [Ask("true"), Sh("true"), Sh("true", group: 1)];
            try
            {
                var results = await session.ExchangeAsync(items, new Heard(), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
                Assert.Equal(items.Length, results.Count);
            }
            catch (HostUnreachableException e)
            {
                Assert.NotEqual("", e.Message);
            }
        },
        iter: 2000);

    [Fact]
    public void A_target_that_babbles_between_items_is_given_up()
    {
        var time = new ManualTime();
        var vigil = new ItemVigil([Sh("true")], new SessionOptions { QuestionDeadline = TimeSpan.FromMinutes(2), Time = time });

        Assert.False(vigil.IsStuck(null, 0, TimeSpan.FromSeconds(30)));
        time.Advance(TimeSpan.FromSeconds(149));
        Assert.False(vigil.IsStuck(null, 0, TimeSpan.FromSeconds(30)));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(vigil.IsStuck(null, 0, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_target_that_goes_on_is_not()
    {
        var time = new ManualTime();
        var vigil = new ItemVigil([Sh("true")], new SessionOptions { QuestionDeadline = TimeSpan.FromMinutes(2), Time = time });

        Assert.False(vigil.IsStuck(null, 0, TimeSpan.Zero));
        time.Advance(TimeSpan.FromMinutes(3));

        Assert.False(vigil.IsStuck(null, 1, TimeSpan.Zero));
    }

    [Fact]
    public void An_item_begins_once_so_that_forged_beginnings_do_not_pile_up()
    {
        var told = 0;
        var reader = new ExchangeReader([Sh("true")], "n", _ => told++);

        reader.Receive(System.Text.Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("\u001en begin 0 1\n", 1000))));

        Assert.Equal(1, told);
    }

    [Fact]
    public void A_flood_on_standard_error_is_one_too()
    {
        var output = new ItemOutput(0, Sh("true"), null, _ => { });
        output.SwitchToError();
        var chunk = new byte[1 << 20];

        for (var i = 0; i <= 64; i++)
        {
            output.Write(chunk);
        }

        Assert.True(output.IsFlooding);
    }

    private sealed class Heard : IProgress<ItemProgress>
    {
        public void Report(ItemProgress value) => Assert.DoesNotContain(value.Line ?? "", char.IsControl);
    }
}
