using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.Running;
using Converge.Lab;

namespace Converge.Acceptance.Safety;

/// <summary>The long form of <see cref="CrashTests"/>, on all of examples/foobar. Takes minutes, so only <c>./bench/soak</c> runs it.</summary>
public sealed class KillSoakTests : IAsyncLifetime
{
    private RehearsalLab _lab = null!;
    private string _config = "";

    private static string Script => Path.Combine(Repository.Root, "examples/foobar/foobar.csx");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(LabTools.WhyNot() is null, LabTools.WhyNot() ?? "");
        Environment.SetEnvironmentVariable("FOOBAR_DB_PASSWORD", "pw of the soak");
        foreach (var name in Labs.Names().Where(n => n.StartsWith("foobar", StringComparison.Ordinal)).ToList())
            await Labs.DownAsync(name, null, CancellationToken.None);
        _lab = new RehearsalLab(LabFile.Load(Path.Combine(Repository.Root, "examples/foobar/lab.json")));
        _config = (await _lab.UpAsync(null, Ct)).SshConfig!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_lab is not null)
            await _lab.DownAsync(CancellationToken.None);
    }

    // Each run goes on where the one before was killed, after one more step: so there is a kill after each. What is armed and not confirmed is
    // put back by the next run, which gets no further that way; then the kill comes a step later.
    [Fact(Explicit = true)]
    public async Task A_controller_that_is_killed_after_each_step_of_a_fresh_apply_still_ends_with_the_site()
    {
        var (kills, steps, least) = (0, 1, int.MaxValue);
        while (await IsKilledAfterAsync(steps) is { } changes)
        {
            kills++;
            (least, steps) = changes < least ? (changes, 1) : (least, steps + 1);
            Console.WriteLine($"kill {kills}: {changes} changes were planned, {(steps == 1 ? "fewer than ever" : $"no fewer: after {steps} steps next")}");
            Assert.True(steps < 60, $"60 runs in a row got no further than {least} changes");
        }

        var last = (await ProgramRun.ConvergeAsync(["apply", Script, "--yes", "--json", "--lock-wait", "0", "--ssh-config", _config], Ct)).EndedWith(0);

        last.FoundNothingToDo(hosts: 6);
        Assert.True(kills >= 60, $"only {kills} kills");
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        http.DefaultRequestHeaders.Host = "www.foobar.com";
        using var form = new FormUrlEncodedContent([new("message", "after all kills")]);
        using var answer = await http.PostAsync(new Uri("http://10.77.0.100/guestbook"), form, Ct);
        Assert.Contains("after all kills", await http.GetStringAsync(new Uri("http://10.77.0.100/guestbook"), Ct), StringComparison.Ordinal);
        foreach (var host in (await _lab.StatusAsync(Ct)).Hosts)
            Assert.Equal("", (await _lab.CaptureAsync(host.Name, ["sh", "-c", Leftovers], Ct)).Output);
    }

    private const string Leftovers = "find /etc /srv /opt /run /var/tmp /var/lib/converge -name '.*.converge.*' -o -path '/run/converge-way-back/*' -o -name '*.converge-new'";

    // How many changes it had planned; null: it came to its end.
    private async Task<int?> IsKilledAfterAsync(int steps)
    {
        using var run = RunningApply.Start(Script, _config, "--lock-wait", "30");
        var (begun, changes) = (0, 0);
        var seen = await run.SeesAsync(e => Counts(e) || (TypeOf(e) == "step-started" && ++begun > steps) || (TypeOf(e) == "resource-finished" && begun >= steps), Ct);
        if (seen)
            await run.SignalAsync("KILL", Ct);

        var end = await run.EndAsync(Ct);
        Assert.True(seen || end.ExitCode == 0, end.Text);
        return seen ? changes : null;

        bool Counts(JsonElement happened)
        {
            changes += TypeOf(happened) == "host-planned" ? happened.GetProperty("changes").GetInt32() : 0;
            return false;
        }
    }

    private static string? TypeOf(JsonElement happened) => happened.GetProperty("type").GetString();
}
