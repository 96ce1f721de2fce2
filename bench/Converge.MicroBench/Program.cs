using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Converge.MicroBench;

/// <summary>Runs all benchmarks of this project. The first argument is the folder for reports.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        // In this process: BenchmarkDotNet's own way builds a project of its own, which knows nothing of this solution's settings.
        var config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(arguments is [var folder] ? folder : "artifacts/bench/micro");
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).RunAll(config);
        foreach (var summary in summaries)
        {
            if (summary.HasCriticalValidationErrors || summary.BenchmarksCases.Length != summary.Reports.Length)
            {
                return 1;
            }
        }

        return 0;
    }
}
