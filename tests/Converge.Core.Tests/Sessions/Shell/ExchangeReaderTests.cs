using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Converge.Sessions;
using Converge.Sessions.Shell;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions.Shell;

public sealed class ExchangeReaderTests
{
    private static readonly IReadOnlyList<ExchangeItem> Items = [Ask("question"), Sh("step"), Sh("skipped")];

    [Fact]
    public async Task An_answer_is_put_together_however_it_is_cut()
    {
        var stream = Stream("[begin 0 10.50]an\0swer[done 0 0 10.75][begin 1 10.75]line\nrest[stderr 1]bad[done 1 3 12.00 deadline][skip 2][end done]");

        for (var size = 1; size <= stream.Length; size++)
        {
            var reader = new ExchangeReader(Items, "n", _ => { });
            foreach (var chunk in stream.Chunk(size))
            {
                reader.Receive(chunk);
            }

            Assert.Equal("done", await reader.End);
            var (question, step) = (reader.Results[0]!, reader.Results[1]!);
            Assert.Equal(("an\0swer", "", 0, TimeSpan.FromMilliseconds(250)), (question.Answer!.Text, question.Answer.Error, question.Answer.ExitCode, question.Answer.Duration));
            Assert.Equal(("line\nrest", "bad", 3, true), (step.Answer!.Text, step.Answer.Error, step.Answer.ExitCode, step.TimedOut));
            Assert.Null(reader.Results[2]!.Answer);
        }
    }

    [Fact]
    public void Progress_tells_lines_of_steps_only()
    {
        var told = new List<string>();
        var reader = new ExchangeReader(Items, "n", p => told.Add($"{p.Index} {p.Phase} {p.Line}".TrimEnd()));

        reader.Receive(Stream("[begin 0 1]answer\n[done 0 0 1][begin 1 1]one\ntwo\r\n10%\r20%\nlast[stderr 1]err\n[done 1 0 1]"));

        Assert.Equal(
            ["0 Started", "0 Finished", "1 Started", "1 Output one", "1 Output two", "1 Output 20%", "1 Output last", "1 Output err", "1 Finished"], told);
    }

    [Fact]
    public async Task What_comes_between_items_is_kept_for_messages()
    {
        var reader = new ExchangeReader(Items, "n", _ => { });

        reader.Receive(Stream("sh: out of memory\n[end lost]"));

        Assert.Equal("lost", await reader.End);
        Assert.Equal("sh: out of memory\n", Encoding.UTF8.GetString(reader.Noise));
    }

    [Fact]
    public void What_comes_behind_the_end_is_not_taken()
    {
        var reader = new ExchangeReader(Items, "n", _ => { });

        reader.Receive(Stream("before[end lost]behind[begin 0 1][done 0 0 1]"));

        Assert.Equal("before", Encoding.UTF8.GetString(reader.Noise));
        Assert.All(reader.Results, Assert.Null);
    }

    [Fact]
    public async Task A_pong_in_the_middle_of_output_is_no_output()
    {
        var reader = new ExchangeReader(Items, "n", _ => { });

        reader.Receive(Stream("[begin 0 1]be[pong]fore[done 0 0 1]"));
        reader.Close();

        Assert.Equal("closed", await reader.End);
        Assert.Equal("before", reader.Results[0]!.Answer!.Text);
        Assert.Null(reader.Results[1]);
    }

    [Theory]
    [InlineData("done 0 0 1")]
    [InlineData("done 99 0 1")]
    [InlineData("begin x y")]
    [InlineData("begin 99 1")]
    [InlineData("begin 0 99999999999999999999")]
    [InlineData("begin 0 NaN")]
    [InlineData("begin 0 Infinity")]
    [InlineData("skip -1")]
    [InlineData("done")]
    [InlineData("")]
    public void Markers_that_make_no_sense_do_not_end_the_reading_thread(string marker)
    {
        var reader = new ExchangeReader(Items, "n", _ => { });

        reader.Receive(Stream($"[{marker}]"));

        Assert.All(reader.Results, Assert.Null);
    }

    private static byte[] Stream(string text) => Encoding.Latin1.GetBytes(text.Replace("[", "\u001en ", StringComparison.Ordinal).Replace("]", "\n", StringComparison.Ordinal));
}
