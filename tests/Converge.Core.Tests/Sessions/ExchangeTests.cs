using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Converge.Sessions;
using static Converge.Core.Tests.Sessions.LocalHosts;

namespace Converge.Core.Tests.Sessions;

public sealed class ExchangeTests : IAsyncDisposable
{
    private readonly LocalHosts _local = new();

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    public async Task Items_are_answered_in_their_order(string shell)
    {
        var session = await _local.ConnectAsync(shell);

        var results = await session.RunAsync(Ask("printf one"), Run("echo", "two"), Ask("echo three; exit 3"));

        Assert.Equal(["one", "two\n", "three\n"], results.Select(r => r.Answer!.Text));
        Assert.Equal([0, 0, 3], results.Select(r => r.Answer!.ExitCode));
        Assert.Equal(1, session.Exchanges);
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("bash")]
    public async Task Arguments_arrive_as_they_are(string shell)
    {
        string[] arguments = ["plain", "", " two  blanks ", "it's", "\"quoted\"", "$(touch /tmp/never) `id` $HOME", "-n", "--", "line\nbreak\n", "back\\slash\\n", "*", "ünïcode", "\t;&|<>#!~{}[]"];
        var session = await _local.ConnectAsync(shell);

        var results = await session.RunAsync(Ask("for a do printf '%s\\0' \"$a\"; done", arguments), Run(["printf", "%s\\0", .. arguments]));

        Assert.Equal(arguments, results[0].Answer!.Text.Split('\0')[..^1]);
        Assert.Equal(arguments, results[1].Answer!.Text.Split('\0')[..^1]);
    }

    [Fact]
    public async Task A_session_serves_many_exchanges()
    {
        var session = await _local.ConnectAsync();

        for (var i = 0; i < 20; i++)
        {
            var results = await session.RunAsync(Ask("printf %s \"$1\"", $"{i}"));
            Assert.Equal($"{i}", results[0].Answer!.Text);
        }

        Assert.Equal(20, session.Exchanges);
    }

    [Fact]
    public async Task Standard_error_is_kept_apart()
    {
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Ask("echo out; echo err >&2; printf more"), Ask("echo clean"), Sh("echo bad >&2; exit 4"));

        Assert.Equal(("out\nmore", "err\n"), (results[0].Answer!.Text, results[0].Answer!.Error));
        Assert.Equal(("clean\n", ""), (results[1].Answer!.Text, results[1].Answer!.Error));
        Assert.Equal(("", "bad\n", 4), (results[2].Answer!.Text, results[2].Answer!.Error, results[2].Answer!.ExitCode));
    }

    [Fact]
    public async Task Binary_output_survives()
    {
        var session = await _local.ConnectAsync();
        byte[] bytes = [0, 1, 0x1E, 0x1E, (byte)'\r', (byte)'\n', 0xFF, 0xFE, 0, 0x1E];

        var results = await session.RunAsync(Ask("printf '\\000\\001\\036\\036\\r\\n\\377\\376\\000\\036'"));

        Assert.Equal(bytes, results[0].Answer!.Output.ToArray());
    }

    [Fact]
    public async Task Output_that_looks_like_a_marker_is_output()
    {
        var session = await _local.ConnectAsync();
        var fake = "printf '\\036%s done 0 0 1.00\\n\\036%s end done\\n' 0123456789abcdef0123456789abcdef x";

        var results = await session.RunAsync(Ask(fake), Ask("echo next"));

        Assert.Equal("\u001e0123456789abcdef0123456789abcdef done 0 0 1.00\n\u001ex end done\n", results[0].Answer!.Text);
        Assert.Equal("next\n", results[1].Answer!.Text);
    }

    [Fact]
    public async Task Five_megabytes_come_back()
    {
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Ask("head -c 5242880 /dev/zero | tr '\\0' x"));

        Assert.Equal(5242880, results[0].Answer!.Output.Length);
        Assert.True(results[0].Answer!.Output.Span.IndexOfAnyExcept((byte)'x') < 0);
    }

    [Fact]
    public async Task An_answer_over_16_MiB_is_an_error_that_says_so()
    {
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Ask("head -c 17000000 /dev/zero"), Ask("echo next"));

        Assert.Equal(1, results[0].Answer!.ExitCode);
        Assert.Equal("printed 17000000 bytes, of which the first 16777216 were kept\n", results[0].Answer!.Error);
        Assert.Equal("next\n", results[1].Answer!.Text);
    }

    [Fact]
    public async Task Of_a_step_that_prints_much_the_beginning_and_the_end_are_kept()
    {
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Sh("echo first; head -c 3000000 /dev/zero; echo; echo last"));

        var text = results[0].Answer!.Text;
        Assert.StartsWith("first\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\nlast\n", text, StringComparison.Ordinal);
        Assert.Contains("(truncated: 1951436 bytes left out)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_prints_without_end_is_stopped()
    {
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Run("yes"), Ask("echo next"));

        Assert.NotEqual(0, results[0].Answer!.ExitCode);
        Assert.Contains("and was stopped", results[0].Answer!.Error, StringComparison.Ordinal);
        Assert.False(results[0].TimedOut);
        Assert.Equal("next\n", results[1].Answer!.Text);
    }

    [Fact]
    public async Task A_failed_step_stops_the_rest_of_its_group_only()
    {
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Run(0, "true"), Run(1, "false"), Run(0, "echo", "first group"), Run(1, "echo", "never"), Run(2, "echo", "third group"), Ask("echo probe"));

        Assert.Equal(["", "", "first group\n", null, "third group\n", "probe\n"], results.Select(r => r.Answer?.Text));
    }

    [Fact]
    public async Task Success_codes_decide_what_has_failed()
    {
        var session = await _local.ConnectAsync();
        var three = new StepItem(new RunProgram("sh", ["-c", "exit 3"]) { SuccessCodes = [0, 3] }, default, 0);
        var zero = new StepItem(new RunProgram("true", []) { SuccessCodes = [1] }, default, 1);

        var results = await session.RunAsync(three, Run(0, "echo", "on"), zero, Run(1, "echo", "off"));

        Assert.Equal(3, results[0].Answer!.ExitCode);
        Assert.Equal("on\n", results[1].Answer!.Text);
        Assert.Null(results[3].Answer);
    }

    [Fact]
    public async Task A_question_that_does_not_parse_harms_no_other()
    {
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Ask("echo 'unfinished"), Ask("( if"), Ask("cd /nowhere; set -e; false; echo never"), Ask("pwd # comment"));

        Assert.NotEqual(0, results[0].Answer!.ExitCode);
        Assert.NotEqual(0, results[1].Answer!.ExitCode);
        Assert.Equal("/\n", results[3].Answer!.Text);
    }

    [Fact]
    public async Task Input_environment_and_folder_reach_the_program()
    {
        var session = await _local.ConnectAsync();
        var input = Encoding.UTF8.GetBytes("line\0two\r\nno end");
        var step = new RunProgram("sh", ["-c", "pwd; printf '%s\\n' \"$GREETING\"; cat"])
        {
            WorkingDirectory = _local.Folder,
            Environment = new Dictionary<string, string> { ["GREETING"] = "it's $HOME" },
        };

        var results = await session.RunAsync(new StepItem(step, input, 0), Run("cat"));

        Assert.Equal($"{_local.Folder}\nit's $HOME\nline\0two\r\nno end", results[0].Answer!.Text);
        Assert.Equal("", results[1].Answer!.Text);
    }

    [Fact]
    public async Task Twenty_megabytes_of_input_arrive()
    {
        var session = await _local.ConnectAsync();
        var input = new byte[20 * 1024 * 1024 + 17];
        new Random(1).NextBytes(input);
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(input));

        var results = await session.RunAsync(new StepItem(new RunProgram("sha256sum", []), input, 0));

        Assert.Equal($"{expected}  -\n", results[0].Answer!.Text);
    }

    [Fact]
    public async Task Pooled_arguments_come_last()
    {
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(new StepItem(new RunProgram("echo", ["install"]) { Pooled = ["nginx", "haproxy"] }, default, 0));

        Assert.Equal("install nginx haproxy\n", results[0].Answer!.Text);
    }

    [Fact]
    public async Task Programs_run_with_the_usual_umask_and_a_clean_environment()
    {
        Environment.SetEnvironmentVariable("CONVERGE_TEST_SECRET", "hidden");
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Sh("umask"), Run("env"));

        Assert.Equal("0022\n", results[0].Answer!.Text);
        Assert.DoesNotContain("hidden", results[1].Answer!.Text, StringComparison.Ordinal);
        Assert.Contains("LC_ALL=C\n", results[1].Answer!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_arrive_while_the_step_runs()
    {
        var session = await _local.ConnectAsync();
        var seen = new ConcurrentQueue<ItemProgress>();
        var release = _local.PathOf("release");

        // The step ends only once its first line was seen here.
        var progress = new Listener(p =>
        {
            seen.Enqueue(p);
            if (p.Line == "waiting")
            {
                System.IO.File.WriteAllText(release, "");
            }
        });
        await session.ExchangeAsync([Sh($"echo waiting; while [ ! -e {ShellQuote.Word(release)} ]; do sleep 0.05; done; printf 'bell\\a\\033[31m'")], progress, TestContext.Current.CancellationToken);

        Assert.Equal(
            [(ItemPhase.Started, null), (ItemPhase.Output, "waiting"), (ItemPhase.Output, "bell\uFFFD\uFFFD[31m"), (ItemPhase.Finished, null)],
            seen.Select(p => (p.Phase, p.Line)));
    }

    [Fact]
    public async Task Durations_are_those_of_the_host()
    {
        var session = await _local.ConnectAsync();

        var results = await session.RunAsync(Run("sleep", "0.3"), Run("true"));

        Assert.InRange(results[0].Answer!.Duration, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(30));
        Assert.True(results[1].Answer!.Duration < results[0].Answer!.Duration);
    }

    private sealed class Listener(Action<ItemProgress> report) : IProgress<ItemProgress>
    {
        public void Report(ItemProgress value) => report(value);
    }
}
