using System;
using System.Linq;

namespace Converge.Modules.Tests;

/// <summary>Programs of this machine that a test runs for real; the test is skipped, with the reason, where they are missing.</summary>
internal static class RealTool
{
    private static readonly string[] Folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    public static void Require(params string[] programs)
    {
        foreach (var program in programs)
        {
            Assert.SkipUnless(Folders.Any(folder => System.IO.File.Exists($"{folder}/{program}")), $"{program} is not installed on this machine");
        }
    }

    /// <summary>Namespaces of its own, so that nothing the test does reaches this machine.</summary>
    public static void RequireNamespaces()
    {
        Require("unshare");
        Assert.SkipUnless(Shell.Run("unshare", ["-n", "-m", "true"]).ExitCode == 0, "network and mount namespaces need root");
    }
}
