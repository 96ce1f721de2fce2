using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Converge.Bench.Measuring;

namespace Converge.Bench.Hosts;

/// <summary>Our side: <c>./converge</c> as a user calls it, the shell script in front of it included.</summary>
internal sealed class ConvergeCommand(string root)
{
    private readonly string _program = Path.Combine(root, "converge");

    /// <summary>An apply that is expected to find so many resources to change; only the last line of text is looked at.</summary>
    public ShellCommand Apply(string script, string sshConfig, int changes = 0, params IEnumerable<string> more) => new(
        _program, ["apply", script, "--ssh-config", sshConfig, "--yes", "--no-diff", .. more])
    {
        Verdict = outcome => outcome.ExitCode != 0 ? $"exit code {outcome.ExitCode}"
            : LastLine(outcome).Contains($": {changes} changed,", StringComparison.Ordinal) ? null
            : $"{changes} changes were expected",
    };

    /// <summary>The first apply, which changes much.</summary>
    public ShellCommand FirstApply(string script, string sshConfig) => new(_program, ["apply", script, "--ssh-config", sshConfig, "--yes", "--no-diff"]);

    /// <summary>A plan that is expected to find nothing to change: asks what an apply asks, but for the host's lock.</summary>
    public ShellCommand Plan(string script, string sshConfig) => new(_program, ["plan", script, "--ssh-config", sshConfig])
    {
        Verdict = outcome => outcome.ExitCode != 0 ? $"exit code {outcome.ExitCode}"
            : outcome.Output.Contains("Plan: 0 to change, 0 may change,", StringComparison.Ordinal) ? null
            : "no changes were expected",
    };

    /// <summary>Compiles and validates.</summary>
    public ShellCommand Check(string script) => new(_program, ["check", script]);

    /// <summary>Makes the command itself, if its sources changed.</summary>
    public ShellCommand Version => new(_program, ["--version"]);

    /// <summary>Runs an apply once more, for its events; the last one is the summary.</summary>
    public static async Task<IReadOnlyList<JsonElement>> EventsAsync(ShellCommand apply, CancellationToken ct)
    {
        var json = apply with { Arguments = [.. apply.Arguments, "--json"], Verdict = outcome => outcome.ExitCode == 0 ? null : $"exit code {outcome.ExitCode}" };
        var outcome = await CommandTimer.RunAsync(json, ct).ConfigureAwait(false);
        return [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static string LastLine(Outcome outcome) => outcome.Output.TrimEnd('\n').Split('\n')[^1];
}
