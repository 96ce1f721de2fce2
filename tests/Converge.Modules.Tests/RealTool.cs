using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Converge.Modules.Tests;

/// <summary>A program of this machine that a test runs for real; the test is skipped where it is missing.</summary>
internal sealed class RealTool
{
    private static readonly string[] Folders = [.. (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin"];

    private readonly string[] _command;

    private RealTool(string[] command) => _command = command;

    /// <summary>Skips the running test unless all programs are found.</summary>
    public static RealTool Require(params string[] command)
    {
        Assert.SkipUnless(Find(command[0]), $"{command[0]} is not installed on this machine");
        return new RealTool(command);
    }

    /// <summary>The program in a network and mount namespace of its own, so that nothing it does reaches this machine.</summary>
    public static RealTool RequireIsolated(string program)
    {
        Assert.SkipUnless(System.Environment.UserName == "root", $"{program} needs root");
        Require(program);
        return Require("unshare", "-n", "-m", program);
    }

    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(_command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in _command.Skip(1).Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    private static bool Find(string program) => Folders.Any(folder => folder.Length > 0 && System.IO.File.Exists(Path.Combine(folder, program)));
}
