using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.BadInput;
using Converge.Acceptance.Running;

namespace Converge.Acceptance.Safety;

/// <summary>A run that dies, or whose host dies, anywhere: the next one finishes the work.</summary>
[Collection(nameof(SafetyLab))]
public sealed class CrashTests(SafetyLab lab)
{
    private const int MostRuns = 80;

    // The moments are random, but the same every time.
    private readonly Random _random = new(20261125);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_controller_that_is_killed_after_every_step_of_a_fresh_apply_still_ends_with_a_converged_host()
    {
        using var script = Script();
        var killed = 0;
        while (await IsKilledAfterAStepAsync(script, "killed"))
            Assert.True(++killed < MostRuns, "the work does not come to an end");

        Assert.True(killed > 8, $"only {killed} runs had a step to be killed after");
        await EndsAsync(script, "killed");
    }

    [Fact]
    public async Task A_host_that_loses_its_power_at_random_moments_is_converged_by_the_next_run()
    {
        using var script = Script();
        await lab.ApplyAsync(script, 0, "--var", "words=first");

        foreach (var words in (string[])["second", "third", "fourth"])
        {
            using (var run = RunningApply.Start(script.PathOf("bad.csx"), lab.Status.SshConfig!, "--var", $"words={words}"))
            {
                if (await run.SeesAsync(e => TypeOf(e) == "step-started", Ct))
                {
                    await Task.Delay(_random.Next(0, 1200), Ct);
                    await lab.PowerAsync("one", on: false);
                    await run.SignalAsync("KILL", Ct);
                }
            }

            await lab.PowerAsync("one", on: true);
            await EndsAsync(script, words);
        }
    }

    // False: it had come to its end. A step has ended once the next begins or its resource is done.
    private async Task<bool> IsKilledAfterAStepAsync(BadScript script, string words)
    {
        using var run = RunningApply.Start(script.PathOf("bad.csx"), lab.Status.SshConfig!, "--var", $"words={words}");
        var begun = 0;
        var seen = await run.SeesAsync(e => (TypeOf(e) == "step-started" && ++begun == 2) || (TypeOf(e) == "resource-finished" && begun > 0), Ct);
        if (seen)
        {
            await Task.Delay(_random.Next(0, 30), Ct);
            await run.SignalAsync("KILL", Ct);
        }

        await run.EndAsync(Ct);
        return seen;
    }

    private async Task EndsAsync(BadScript script, string words)
    {
        await lab.ApplyAsync(script, 0, "--var", $"words={words}");
        var last = await lab.ApplyAsync(script, 0, "--json", "--lock-wait", "0", "--var", $"words={words}");

        Assert.Equal((0, 0), (last.Number("changed"), last.Number("failed")));
        Assert.Equal($"{words}\n{words}\n", await lab.OnAsync("one", "cat /srv/worker/words /run/worker.started-with"));
        Assert.Equal("", await lab.OnAsync("one", "ls /run/converge-way-back 2>/dev/null || true"));
        await lab.NothingIsLeftAsync("one");
    }

    private static string? TypeOf(JsonElement happened) => happened.GetProperty("type").GetString();

    // The service notes what it was started with: a restart that was forgotten shows.
    private static BadScript Script() => new($$"""
        var words = Var("words", "none");
        var one = Host("one", "{{SafetyLab.One}}");
        one.Add(new Package("gunicorn"));
        one.Add(new Package("curl"));
        one.Add(new Sysctl("net.ipv4.ip_nonlocal_bind", "1"));
        one.Add(new User("worker") { System = true });
        one.Add(new Directory("/srv/worker") { Owner = "worker" });
        one.Add(new Symlink("/srv/worker/link") { Target = "words" });
        one.Add(new File("/srv/worker/large") { Content = Content.Bytes(new byte[5 << 20]) });
        var config = one.Add(new File("/srv/worker/words") { Content = $"{words}\n", Owner = "worker", Mode = Mode.Octal("0600") });
        var unit = one.Add(new SystemdUnit("worker.service")
        {
            Content = "[Service]\nExecStart=/bin/sh -c 'cat /srv/worker/words >/run/worker.started-with; exec sleep infinity'\n[Install]\nWantedBy=multi-user.target\n",
        });
        one.Add(new Service("worker") { Running = true, Enabled = true, RestartOn = [config, unit] });
        one.Add(new Firewall { Allow = { new(Source.Anywhere, 8000) } });
        """);
}
