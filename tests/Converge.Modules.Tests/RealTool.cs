using System;
using System.Linq;
using System.Threading.Tasks;

namespace Converge.Modules.Tests;

/// <summary>A program of this machine that a test runs for real; the test is skipped, with the reason, where it is missing.</summary>
internal sealed class RealTool
{
    private static readonly string[] Folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    private readonly string[] _command;

    private RealTool(params string[] command) => _command = command;

    public static RealTool Require(string program)
    {
        Assert.SkipUnless(Folders.Any(folder => System.IO.File.Exists($"{folder}/{program}")), $"{program} is not installed on this machine");
        return new RealTool(program);
    }

    /// <summary>The program in network and mount namespaces of its own, so that nothing it does reaches this machine.</summary>
    public static RealTool RequireIsolated(string program)
    {
        Require("unshare");
        Assert.SkipUnless(Shell.Run("unshare", ["-n", "-m", "true"]).ExitCode == 0, "network and mount namespaces need root");
        Require(program);
        return new RealTool("unshare", "-n", "-m", program);
    }

    public (int ExitCode, string Output) Run(params string[] arguments)
    {
        var answer = Shell.Run(_command[0], [.. _command[1..], .. arguments]);
        return (answer.ExitCode, answer.Text + answer.Error);
    }

    public Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => Task.Run(() => Run(arguments));
}
