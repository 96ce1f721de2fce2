using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Converge.Acceptance.Running;
using Converge.Acceptance.Safety;
using Converge.Lab;

namespace Converge.Acceptance.Rolling;

/// <summary>The site of <c>site/site.csx</c>, up and serving. Each test changes something of it that no other does.</summary>
public sealed class RollingLab : IAsyncLifetime
{
    public const string Site = "http://10.78.70.100/";

    private static readonly string _folder = Path.Combine(Repository.Root, "tests/Converge.Acceptance/Rolling/site");

    private readonly RehearsalLab _lab = new(LabFile.Load(Path.Combine(_folder, "lab.json")));
    private readonly Dictionary<string, string> _settings = [];
    private FileStream? _turn;
    private LabStatus? _status;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (LabTools.WhyNot() is not null)
            return;
        _turn = await LabTurn.TakeAsync(Ct);
        _status = await _lab.UpAsync(null, Ct);
        var first = await RunAsync(0, ["apply", "--yes"]);
        Assert.Equal((0, 0), (first.Number("failed"), first.Number("skipped")));
    }

    public async ValueTask DisposeAsync()
    {
        if (_turn is null)
            return;
        await _lab.DownAsync(CancellationToken.None);
        await _turn.DisposeAsync();
    }

    /// <summary>Applies the script with this variable changed, with 200 requests a second to a page all the while.</summary>
    internal Task<ProgramRun> ChangeAsync(int exitCode, string name, string value, string page)
    {
        Assert.SkipWhen(_status is null, LabTools.WhyNot() ?? "the lab is not up");
        var before = _settings.GetValueOrDefault(name);
        _settings[name] = value;
        try
        {
            return RunAsync(exitCode, ["apply", "--yes", "--probe", Site + page]);
        }
        finally
        {
            if (exitCode != 0)
                _ = before is null ? _settings.Remove(name) : (_settings[name] = before) == before;
        }
    }

    /// <summary>Runs a verb on the site with <c>--json</c>.</summary>
    internal async Task<ProgramRun> RunAsync(int exitCode, IReadOnlyList<string> words, Action<string>? said = null)
    {
        Assert.SkipWhen(_status is null, LabTools.WhyNot() ?? "the lab is not up");
        var verb = words.TakeWhile(w => !w.StartsWith('-')).ToList();
        var settings = _settings.SelectMany(s => new[] { "--var", $"{s.Key}={s.Value}" });
        var run = await ProgramRun.OfAsync(
            Path.Combine(Repository.Root, "converge"),
            [.. verb, Path.Combine(_folder, "site.csx"), "--json", "--ssh-config", _status.SshConfig!, .. words.Skip(verb.Count), .. settings],
            Ct,
            said: said);
        return run.EndedWith(exitCode);
    }

    /// <summary>Kills an apply of a changed variable as soon as a server is out of the traffic of a load balancer, before anything has changed.</summary>
    internal async Task KillWhileDrainedAsync(string name, string value)
    {
        Assert.SkipWhen(_status is null, LabTools.WhyNot() ?? "the lab is not up");
        var settings = _settings.Where(s => s.Key != name).SelectMany(s => new[] { "--var", $"{s.Key}={s.Value}" });
        using var run = RunningApply.Start(Path.Combine(_folder, "site.csx"), _status.SshConfig!, ["--var", $"{name}={value}", .. settings]);
        Assert.True(await run.SeesAsync(e => e.GetProperty("type").GetString() == "host-drained", Ct));
        await run.SignalAsync("KILL", Ct);
        await run.EndAsync(Ct);
    }

    /// <summary>The servers that Converge has taken out of the traffic of both load balancers; lines.</summary>
    internal async Task<string> DrainedAsync()
    {
        var lines = await Task.WhenAll(((string[])["lb1", "lb2"]).Select(lb => _lab.CaptureAsync(lb, ["sh", "-c", "ls /run/converge-drained-* 2>/dev/null; ls /run/converge-way-back 2>/dev/null || true"], Ct)));
        return string.Concat(lines.Select(l => l.Output));
    }

    /// <summary>Cuts the power of the load balancer that usually holds the address.</summary>
    internal Task KillAsync() => _lab.KillAsync("lb1", Ct);

    /// <summary>Starts it again, and waits until it holds the address.</summary>
    internal async Task StartAsync()
    {
        await _lab.StartAsync("lb1", null, Ct);
        for (var deadline = Stopwatch.StartNew(); (await _lab.CaptureAsync("lb1", ["ip", "-o", "address", "show", "to", "10.78.70.100"], Ct)).Output == ""; await Task.Delay(100, Ct))
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(30), "lb1 does not take the address back");
    }

    /// <summary>What the requests of a run saw, from its last line.</summary>
    internal static (int Requests, int Failed, int LongestGapMs) Probed(ProgramRun run)
    {
        using var summary = JsonDocument.Parse(run.Output.TrimEnd().Split('\n')[^1]);
        var probe = summary.RootElement.GetProperty("probe");
        return (probe.GetProperty("requests").GetInt32(), probe.GetProperty("failed").GetInt32(), probe.GetProperty("longestGapMs").GetInt32());
    }
}
