using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.Running;
using Converge.Lab;

namespace Converge.Acceptance.Library;

/// <summary>A user's own program, which has Converge as a library, against two real hosts.</summary>
public sealed class LibraryExampleTests : IAsyncLifetime
{
    private const string Web = "10.80.0.21";
    private const string App = "10.80.0.31";

    private readonly RehearsalLab lab = new(LabFile.Parse(
        $$"""
        {
          "name": "cv-lib", "controller": "10.80.0.1/24",
          "hosts": [ { "name": "web1", "address": "{{Web}}" }, { "name": "app1", "address": "{{App}}" } ]
        }
        """,
        "lab.json"));

    private FileStream? turn;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(LabTools.WhyNot() is null, LabTools.WhyNot() ?? "");
        turn = await LabTurn.TakeAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (turn is null)
            return;
        await lab.DownAsync(CancellationToken.None);
        await turn.DisposeAsync();
    }

    [Fact]
    public async Task The_first_run_changes_both_hosts_and_the_second_changes_nothing()
    {
        var config = (await lab.UpAsync(null, Ct)).SshConfig!;

        var first = await RunAsync("--yes", config, Web, App);
        var second = await RunAsync("--yes", config, Web, App);

        Assert.Contains(" 0 failed, 0 skipped in ", first, StringComparison.Ordinal);
        Assert.DoesNotContain("\n0 changed", first, StringComparison.Ordinal);
        Assert.Equal("Described in C#.\n", await OnAsync("web1", "cat", "/etc/motd"));
        Assert.Equal($"{App}\n", await OnAsync("web1", "cat", "/etc/worker-address"));
        Assert.Equal("active\n", await OnAsync("app1", "systemctl", "is-active", "worker"));
        Assert.Contains("  = ", second, StringComparison.Ordinal);
        Assert.DoesNotContain("  ~ ", second, StringComparison.Ordinal);
        Assert.DoesNotContain(" changed, ", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_consent_it_only_tells_what_it_would_do()
    {
        var config = (await lab.UpAsync(null, Ct)).SshConfig!;

        var told = await RunAsync(config, Web, App);

        Assert.Contains("  ~ ", told, StringComparison.Ordinal);
        Assert.NotEqual(0, (await lab.CaptureAsync("web1", ["test", "-e", "/etc/worker-address"], Ct)).ExitCode);
    }

    private async Task<string> OnAsync(string host, params string[] command) => (await lab.CaptureAsync(host, command, Ct)).Output;

    /// <summary>What the example says; it must succeed.</summary>
    private static async Task<string> RunAsync(params string[] arguments)
    {
        // As this test was built, so that nothing is built twice.
        var built = AppContext.BaseDirectory.Contains("release", StringComparison.Ordinal) ? "Release" : "Debug";
        string[] run = ["run", "--project", Path.Combine(Repository.Root, "examples/library"), "--configuration", built, "--", .. arguments];
        return (await ProgramRun.OfAsync("dotnet", run, Ct)).EndedWith(0).Output;
    }
}
