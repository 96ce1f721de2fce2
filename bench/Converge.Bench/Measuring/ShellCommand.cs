using System;
using System.Collections.Generic;

namespace Converge.Bench.Measuring;

/// <summary>A program to run: to be timed, or to prepare what is timed.</summary>
/// <param name="Program">A path, or a name that PATH finds.</param>
/// <param name="Arguments">As the program gets them.</param>
internal sealed record ShellCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Added to this process's own environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Null: this process's own.</summary>
    public string? Folder { get; init; }

    /// <summary>Standard input. Null: empty.</summary>
    public string? Input { get; init; }

    /// <summary>Says what is wrong with an outcome; null when the command did what is measured. Default: any exit code but 0 is wrong.</summary>
    public Func<Outcome, string?> Verdict { get; init; } = outcome => outcome.ExitCode == 0 ? null : $"exit code {outcome.ExitCode}";

    /// <summary>Past this the command is ended and its row has failed. Default: 10 minutes.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);

    public override string ToString() => $"{Program} {string.Join(' ', Arguments)}";
}

/// <summary>What a command left behind.</summary>
/// <param name="ExitCode">As it ended.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
/// <param name="Seconds">From before its start until it was gone.</param>
internal sealed record Outcome(int ExitCode, string Output, string Error, double Seconds);
