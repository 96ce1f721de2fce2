using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.BadInput;
using Converge.Lab;

namespace Converge.Acceptance.Running;

/// <summary>A lab that all tests of a collection share. The addresses of its hosts end in 11, 12 and so on.</summary>
/// <param name="name">Of the lab; <c>./test</c> must know it.</param>
/// <param name="network">The first three numbers of its addresses.</param>
/// <param name="hosts">Their names.</param>
public abstract class SmallLab(string name, string network, params IReadOnlyList<string> hosts) : IAsyncLifetime
{
    private readonly RehearsalLab _lab = new(LabFile.Parse($$"""
        { "name": "{{name}}", "controller": "{{network}}.1/24", "hosts": [ {{string.Join(", ", hosts.Select((host, i) => $$"""{ "name": "{{host}}", "address": "{{network}}.{{11 + i}}" }"""))}} ] }
        """, "lab.json") with { Packages = LabFile.Load(Path.Combine(Repository.Root, "examples/foobar/lab.json")).Packages });

    private FileStream? _turn;
    private LabStatus? _status;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What an operator has to reach the hosts. Skips the test where there can be none.</summary>
    internal LabStatus Status
    {
        get
        {
            Assert.SkipWhen(_status is null, LabTools.WhyNot() ?? "the lab is not up");
            return _status;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (LabTools.WhyNot() is not null)
            return;
        _turn = await LabTurn.TakeAsync(Ct);
        _status = await _lab.UpAsync(null, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_turn is null)
            return;
        await _lab.DownAsync(CancellationToken.None);
        await _turn.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Cuts the power of a host, or switches it on again.</summary>
    internal Task PowerAsync(string host, bool on) => on ? _lab.StartAsync(host, null, Ct) : _lab.KillAsync(host, Ct);

    /// <summary>Applies a script, with the ssh_config beside it if it has one, else with the lab's; it must end with this exit code.</summary>
    internal async Task<ProgramRun> ApplyAsync(BadScript script, int exitCode, params string[] options)
    {
        var config = File.Exists(script.PathOf("ssh_config")) ? "ssh_config" : Status.SshConfig!;
        return (await script.RunAsync("apply", ["--yes", "--no-diff", "--ssh-config", config, .. options], Ct)).EndedWith(exitCode);
    }

    /// <summary>Runs a shell text on a host as root, without SSH; it must succeed.</summary>
    internal async Task<string> OnAsync(string host, string shell)
    {
        _ = Status;
        var result = await _lab.CaptureAsync(host, ["sh", "-euc", shell], Ct);
        Assert.True(result.ExitCode == 0, $"{shell}\n{result.Output}{result.Error}");
        return result.Output;
    }

    /// <summary>Nothing that a run needed on the way is there any more.</summary>
    // A run does not wait for its last session to clean up behind it.
    internal async Task NothingIsLeftAsync(string host)
    {
        var left = await LeftAsync(host);
        for (var start = Stopwatch.GetTimestamp(); left.Length > 0 && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5); left = await LeftAsync(host))
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal("", left);
    }

    private Task<string> LeftAsync(string host) =>
        OnAsync(host, "find /etc /srv /run /var/tmp /var/lib/converge -name '.*.converge.*' -o -name 'converge.*' -o -name '*.converge-new' 2>/dev/null || true");
}
