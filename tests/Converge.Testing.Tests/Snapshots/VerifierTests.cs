using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace Converge.Testing.Tests;

public sealed class VerifierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("verifier-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string SourceFile => Path.Combine(_folder, "SampleTests.cs");

    private string Verified => Path.Combine(_folder, "SampleTests.A_case.verified.txt");

    private string Received => Path.Combine(_folder, "SampleTests.A_case.received.txt");

    [Fact]
    public async Task A_text_that_equals_its_verified_file_passes_and_leaves_no_received_file()
    {
        await File.WriteAllTextAsync(Verified, "one\r\ntwo\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Received, "stale", TestContext.Current.CancellationToken);

        await Verifier.Verify("one\ntwo\n", SourceFile, "A_case");

        Assert.False(File.Exists(Received));
    }

    [Fact]
    public async Task A_missing_verified_file_fails_and_writes_what_was_received()
    {
        var failure = await Assert.ThrowsAsync<VerifyException>(() => Verifier.Verify("one\n", SourceFile, "A_case").NeverAccept().ToTask());

        Assert.StartsWith("SampleTests.A_case: there is no verified file yet\n", failure.Message, StringComparison.Ordinal);
        Assert.Equal("one\n", await File.ReadAllTextAsync(Received, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Verified));
    }

    [Fact]
    public async Task A_difference_is_shown_with_the_lines_around_it_and_the_command_that_accepts_it()
    {
        await File.WriteAllTextAsync(Verified, "1\n2\n3\n4\n5\nold\n", TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<VerifyException>(() => Verifier.Verify("1\n2\n3\n4\n5\nnew\n", SourceFile, "A_case").NeverAccept().ToTask());

        Assert.Equal(
            $"""
            SampleTests.A_case: the text differs from the verified file
              …
              3
              4
              5
            - old
            + new
              
            To accept it:
                mv {Received} {Verified}

            """,
            failure.Message);
    }

    [Fact]
    public async Task A_missing_final_newline_is_a_difference()
    {
        await File.WriteAllTextAsync(Verified, "one\n", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<VerifyException>(() => Verifier.Verify("one", SourceFile, "A_case").NeverAccept().ToTask());
    }

    [Fact]
    public async Task Scrubbers_run_before_the_comparison()
    {
        await File.WriteAllTextAsync(Verified, "took some time\n", TestContext.Current.CancellationToken);

        await Verifier.Verify("pid 17\ntook 3 s\n", SourceFile, "A_case")
            .ScrubLinesContaining("pid")
            .AddScrubber(text => text.Replace("3 s", "some time"));
    }

    [Fact]
    public async Task Cases_of_a_theory_have_files_of_their_own()
    {
        var name = Path.Combine(_folder, "SampleTests.A_case_host=lb1.verified.txt");
        await File.WriteAllTextAsync(name, "lb1", TestContext.Current.CancellationToken);

        await Verifier.Verify("lb1", SourceFile, "A_case").UseTextForParameters("host=lb1");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_become_visible() =>
        await Verifier.Verify([0x61, 0x0d, 0x0a, 0x00, 0xff, 0xc3, 0xa4]);

    [Fact]
    public async Task Several_texts_share_one_file_in_the_order_of_their_names() =>
        await Verifier.Verify(new Dictionary<string, string> { ["lb1 /b"] = "no newline", ["lb1 /a"] = "line\n", ["lb1 /c"] = "" });
}
