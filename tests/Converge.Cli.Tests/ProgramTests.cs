using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

namespace Converge.Cli.Tests;

/// <summary>The real program with a real script on this machine.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("converge-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string LoadedAssemblies => Path.Combine(_folder, "assemblies");

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "converge.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_folder, "cache");
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[StartupHook.Variable] = LoadedAssemblies;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    private Task WriteScriptAsync(string text) => File.WriteAllTextAsync(Path.Combine(_folder, "site.csx"), text, TestContext.Current.CancellationToken);

    [Fact]
    public async Task It_says_its_version()
    {
        var (code, output, error) = await RunAsync("--version");

        Assert.Equal((0, "converge 0.1.0\n", ""), (code, output, error));
    }

    [Fact]
    public async Task A_script_with_mistakes_is_refused_with_all_of_them()
    {
        await WriteScriptAsync("""
            var web = Host("web1", "10.77.0.21");
            web.Ad(new File("/etc/motd"));
            var x = undefined;

            """);

        var (code, output, error) = await RunAsync("check", "site.csx");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("site.csx:2:5: ", error, StringComparison.Ordinal);
        Assert.Contains("site.csx:3:9: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_is_not_there_is_wrong_use()
    {
        var (code, output, error) = await RunAsync("plan", "stie.csx");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("stie.csx", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task This_machine_is_converged_and_the_second_time_nothing_changes()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: it changes a file as root");
        await WriteScriptAsync($$"""
            var me = LocalHost();
            var folder = me.Add(new Directory("{{_folder}}/target"));
            me.Add(new File("{{_folder}}/target/motd") { Content = "Grüße\n", Mode = Mode.Octal("0640") });

            """);

        var first = await RunAsync("apply", "site.csx", "--yes", "--json");
        var second = await RunAsync("apply", "site.csx", "--yes", "--json");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal("Grüße\n", await File.ReadAllTextAsync(Path.Combine(_folder, "target/motd"), TestContext.Current.CancellationToken));
        Assert.Equal((2, 0), (Summary(first.Output, "changed"), Summary(first.Output, "unchanged")));
        Assert.Equal((0, 2, 1), (Summary(second.Output, "changed"), Summary(second.Output, "unchanged"), Summary(second.Output, "exchanges")));
    }

    [Fact]
    public async Task A_second_run_loads_neither_the_compiler_nor_what_else_it_does_not_need()
    {
        await WriteScriptAsync("Host(\"web1\").Add(new File(\"/etc/motd\") { Content = \"hello\\n\" });\n");
        await RunAsync("check", "site.csx");
        var first = await File.ReadAllLinesAsync(LoadedAssemblies, TestContext.Current.CancellationToken);

        await RunAsync("check", "site.csx");

        var second = await File.ReadAllLinesAsync(LoadedAssemblies, TestContext.Current.CancellationToken);
        Assert.Contains("Microsoft.CodeAnalysis.CSharp", first);
        Assert.Contains("Converge.Dsl", second);
        Assert.DoesNotContain(second, name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
            || name is "Spectre.Console" or "Renci.SshNet" or "Converge.Lab" or "Converge.Testing" or "Scriban.Signed");
    }

    private static int Summary(string output, string count)
    {
        var last = output.TrimEnd('\n').Split('\n')[^1];
        return JsonDocument.Parse(last).RootElement.GetProperty(count).GetInt32();
    }
}
