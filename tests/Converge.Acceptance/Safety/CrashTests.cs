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
    // The moments are random, but the same every time.
    private readonly Random _random = new(20261125);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Each run goes on where the one before was killed, so the points are spread over all that a fresh apply does.
    [Fact]
    public async Task A_controller_that_is_killed_again_and_again_during_a_fresh_apply_still_ends_with_converged_hosts()
    {
        using var script = Script("killed", "gunicorn", 8001);
        var killed = 0;
        foreach (var steps in (int[])[1, 3, 1, 4, 2])
            killed += await IsKilledAfterAsync(steps, script, "killed") ? 1 : 0;

        Assert.True(killed >= 4, $"only {killed} runs had a step to be killed after");
        await EndsAsync(script, "killed", "killed");
    }

    [Fact]
    public async Task A_host_that_loses_its_power_at_random_moments_is_converged_by_the_next_run()
    {
        using var script = Script("dark", "curl", 8003);
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
            await EndsAsync(script, "dark", words);
        }
    }

    // False: it had come to its end. A step has ended once the next begins or its resource is done.
    private async Task<bool> IsKilledAfterAsync(int steps, BadScript script, string words)
    {
        using var run = RunningApply.Start(script.PathOf("bad.csx"), lab.Status.SshConfig!, "--var", $"words={words}");
        var begun = 0;
        var seen = await run.SeesAsync(e => (TypeOf(e) == "step-started" && ++begun > steps) || (TypeOf(e) == "resource-finished" && begun == steps), Ct);
        if (seen)
        {
            await Task.Delay(_random.Next(0, 30), Ct);
            await run.SignalAsync("KILL", Ct);
        }

        await run.EndAsync(Ct);
        return seen;
    }

    private async Task EndsAsync(BadScript script, string name, string words)
    {
        await lab.ApplyAsync(script, 0, "--var", $"words={words}");
        var last = await lab.ApplyAsync(script, 0, "--json", "--lock-wait", "0", "--var", $"words={words}");

        Assert.Equal((0, 0), (last.Number("changed"), last.Number("failed")));
        Assert.Equal($"{words}\n{words}\n", await lab.OnAsync("one", $"cat /srv/{name}/words /run/{name}.started-with"));
        Assert.Equal("", await lab.OnAsync("one", "ls /run/converge-way-back 2>/dev/null || true"));
        Assert.Equal($"{words}\n", await lab.OnAsync("two", $"cat /etc/{name}.link"));
        await lab.NothingIsLeftAsync("one");
        await lab.NothingIsLeftAsync("two");
    }

    private static string? TypeOf(JsonElement happened) => happened.GetProperty("type").GetString();

    // Names of its own, so that its apply is a fresh one whatever other tests left. The service notes what it was started with: a restart that was forgotten shows.
    private static BadScript Script(string name, string package, int port) => new($$"""
        var words = Var("words", "none");
        var one = Host("one", "{{SafetyLab.One}}");
        one.Add(new Package("{{package}}"));
        one.Add(new Sysctl("net.ipv4.ip_nonlocal_bind") { Value = "1" });
        one.Add(new User("{{name}}") { System = true });
        one.Add(new Directory("/srv/{{name}}") { Owner = "{{name}}" });
        one.Add(new Symlink("/srv/{{name}}/link") { Target = "words" });
        one.Add(new File("/srv/{{name}}/large") { Content = Content.Bytes(new byte[5 << 20]) });
        var config = one.Add(new File("/srv/{{name}}/words") { Content = $"{words}\n", Owner = "{{name}}", Mode = Mode.Octal("0600") });
        var unit = one.Add(new SystemdUnit("{{name}}.service")
        {
            Content = "[Service]\nExecStart=/bin/sh -c 'cat /srv/{{name}}/words >/run/{{name}}.started-with; exec sleep infinity'\n[Install]\nWantedBy=multi-user.target\n",
        });
        one.Add(new Service("{{name}}") { Running = true, Enabled = true, RestartOn = [config, unit] });
        one.Add(new Firewall { Allow = { new(Source.Anywhere, {{port}}) } });

        var two = Host("two", "{{SafetyLab.Two}}");
        two.Add(new Package("{{package}}"));
        two.Add(new Group("{{name}}s"));
        var list = two.Add(new File("/etc/{{name}}.list") { Content = $"{words}\n", Group = "{{name}}s" });
        two.Add(new Symlink("/etc/{{name}}.link") { Target = "{{name}}.list", After = [list] });
        """);
}
