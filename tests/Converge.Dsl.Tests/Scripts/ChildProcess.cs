using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Converge.Dsl.Tests.Scripts;

/// <summary>This test program once more, as another process that loads one script.</summary>
public sealed class ChildProcess
{
    private const string Script = "CONVERGE_TEST_CHILD_SCRIPT";
    private const string Cache = "CONVERGE_TEST_CHILD_CACHE";
    private const string Answer = "CONVERGE_TEST_CHILD_ANSWER";

    /// <summary>What the other process found: the hosts of the script, and whether it compiled and has the compiler loaded.</summary>
    internal static async Task<string> LoadAsync(string script, string cache)
    {
        var answer = Path.GetTempFileName();
        try
        {
            var program = typeof(ChildProcess).Assembly.Location;
            var start = new ProcessStartInfo("dotnet", [program, "-explicit", "only", "-method", $"{typeof(ChildProcess).FullName}.{nameof(Loads_the_script_that_its_parent_names)}"])
            {
                RedirectStandardOutput = true,
                Environment = { [Script] = script, [Cache] = cache, [Answer] = answer },
            };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output);
            return await File.ReadAllTextAsync(answer);
        }
        finally
        {
            File.Delete(answer);
        }
    }

    [Fact(Explicit = true)]
    public async Task Loads_the_script_that_its_parent_names()
    {
        var options = new ScriptOptions { CacheFolder = Environment.GetEnvironmentVariable(Cache) };

        var loaded = await new ScriptLoader(options).LoadAsync(Environment.GetEnvironmentVariable(Script)!, TestContext.Current.CancellationToken);

        var hasCompiler = AppDomain.CurrentDomain.GetAssemblies().Any(a => a.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Environment.GetEnvironmentVariable(Answer)!, $"{string.Join(' ', loaded.Fleet.Hosts)}, compiled: {loaded.Compiled}, compiler loaded: {hasCompiler}", TestContext.Current.CancellationToken);
    }
}
