using System;
using System.Linq;

namespace Converge.Modules.Tests;

/// <summary>The checker's wrapper, run for real around a keepalived of our own that behaves as measured.</summary>
public sealed class KeepalivedCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("exit 0", 0, "")]
    [InlineData("echo \"(www) Unknown keyword 'priorit'\" >&2; exit 5", 5, "(www) Unknown keyword 'priorit'\nkeepalived would leave out what it does not take in this file, and run with the rest: refused (exit code 5).\n")]
    [InlineData("echo SECURITY VIOLATION >&2; exit 6", 6, "SECURITY VIOLATION\nkeepalived would run scripts without script security: refused (exit code 6).\n")]
    [InlineData("exit 3", 3, "keepalived cannot run with this file (exit code 3).\n")]
    public void Exit_codes_become_words(string keepalived, int code, string words)
    {
        var answer = Check(keepalived, "vrrp_instance www {\n}\n");

        Assert.Equal((code, words), (answer.ExitCode, answer.Error));
    }

    [Fact]
    public void A_missing_keepalived_is_said()
    {
        System.IO.File.WriteAllText(_folder["new"], "");

        var answer = Shell.Run("env", ["PATH=/nowhere", "/bin/sh", .. Arguments()]);

        Assert.Equal(127, answer.ExitCode);
        Assert.EndsWith("keepalived itself could not be run (exit code 127).\n", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checker_that_crashes_over_a_user_is_asked_again_without_the_user()
    {
        var answer = Check("grep -q nobody \"$3\" && kill -TERM $$; cat \"$3\" >\"$0.seen\"; exit 0", "    script_user nobody\n    user nobody daemon\n    router_id user\n");

        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("keepalived's checker crashed (signal 15), which says nothing about the file", answer.Error, StringComparison.Ordinal);
        Assert.Equal("    script_user root\n    user root\n    router_id user\n", System.IO.File.ReadAllText(_folder["keepalived.seen"]));
    }

    [Fact]
    public void What_the_second_check_finds_counts()
    {
        var answer = Check("grep -q nobody \"$3\" && kill -TERM $$; echo bad >&2; exit 5", "    script_user nobody\n");

        Assert.Equal(5, answer.ExitCode);
        Assert.Contains("bad\nkeepalived would leave out", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checker_that_always_crashes_is_no_verdict()
    {
        var answer = Check("kill -SEGV $$", "");

        Assert.Equal(75, answer.ExitCode);
        Assert.Contains("keepalived's checker crashed again (signal 11): whether the file is good is not known.", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(75, KeepalivedCheck.Validation(acceptCrash: false).SuccessCodes);
        Assert.Contains(75, KeepalivedCheck.Validation(acceptCrash: true).SuccessCodes);
    }

    private Answer Check(string keepalived, string text)
    {
        System.IO.File.WriteAllText(_folder["keepalived"], $"#!/bin/sh\n{keepalived}\n");
        Shell.Run("chmod", ["0755", _folder["keepalived"]]).RequireSuccess("chmod");
        System.IO.File.WriteAllText(_folder["new"], text);
        return Shell.Run("env", [$"PATH={_folder.Path}:/usr/bin:/bin", "sh", .. Arguments()]);
    }

    // Its copy lies in /run, where root alone may write; these tests need no root.
    private string[] Arguments() =>
        [.. KeepalivedCheck.Validation(false).Arguments.Select(a => a == Validation.NewFile ? _folder["new"] : a.Replace("/run/converge-", _folder["converge-"], StringComparison.Ordinal))];
}
