using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Converge.Lab;

namespace Converge.Acceptance.Readme;

/// <summary>
/// The README, typed by somebody who has read nothing else. Every command in it is run here, in its order, or has a reason below.
/// Takes down a lab that has the addresses of examples/foobar.
/// </summary>
public sealed class ReadmeTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> _notRunHere = new()
    {
        ["./test"] = "is what runs this",
        ["./demo"] = "takes the steps of FoobarTests, and leaves its lab up",
        ["./converge"] = "is in every other command",
        ["./bench/run"] = "takes half an hour, and its figures are no test",
        ["dotnet run --project examples/library"] = "LibraryExampleTests runs it",
    };

    private readonly Dictionary<string, string> _environment = new() { ["NO_COLOR"] = "1", ["TERM"] = "xterm" };
    private readonly string _folder = Directory.CreateTempSubdirectory("converge-readme.").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(LabTools.WhyNot() is null, LabTools.WhyNot() ?? "");
        await DownAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        if (LabTools.WhyNot() is null)
            await DownAsync();
    }

    [Fact]
    public async Task Every_command_does_what_the_readme_says()
    {
        var commands = ReadmeText.Commands.Except(_notRunHere.Keys).ToList();
        Assert.Empty(ReadmeText.InSentences.Except(_notRunHere.Keys).Except(commands));
        Assert.Contains("./converge lab up examples/foobar/lab.json", commands);
        Assert.Equal("./converge lab down", commands[^1]);

        foreach (var command in commands.SkipLast(1))
        {
            var said = await TypeAsync(command);
            if (command.StartsWith("./converge lab status", StringComparison.Ordinal))
            {
                _environment["CONFIG"] = JsonDocument.Parse(said).RootElement.GetProperty("sshConfig").GetString()!;
                await ThePlanIsTheOneThatIsShownAsync();
            }
        }

        foreach (var verb in ReadmeText.Verbs)
            await TypeAsync(verb);

        await TypeAsync(commands[^1]);
        Assert.DoesNotContain("foobar", Labs.Names());
    }

    private async Task ThePlanIsTheOneThatIsShownAsync()
    {
        var script = Path.Combine(_folder, "site.csx");
        await File.WriteAllTextAsync(script, """
            var web1 = Host("web1", "10.77.0.21");
            web1.Add(new Package("nginx"));
            web1.Add(new File("/etc/motd") { Content = "Described in site.csx.\n" });
            web1.Add(new Sysctl("net.ipv4.ip_nonlocal_bind") { Value = "1" });
            web1.Add(new Service("worker") { Running = true });
            """, Ct);

        // A fresh host of a lab has not looked yet what there is to install.
        await TypeAsync("./converge lab exec --lab foobar web1 -- apt-get -qq update");
        var plan = await TypeAsync($"./converge plan {script} --ssh-config PATH");

        Assert.True(ReadmeText.Shows(ReadmeText.Printed("web1  10.77.0.21"), plan), plan);
    }

    /// <summary>Runs a line with what a reader puts in the place of capitals, and gives what it wrote to standard output; it must succeed.</summary>
    private async Task<string> TypeAsync(string line)
    {
        if (line.StartsWith("export ", StringComparison.Ordinal))
        {
            var assignment = line["export ".Length..].Split('=', 2);
            _environment[assignment[0]] = assignment[1];
            return "";
        }

        var typed = Filled(line);

        // Apply asks, and only somebody at a terminal can answer: script(1) is one.
        var start = line.Contains(" apply ", StringComparison.Ordinal)
            ? new ProcessStartInfo("script", ["-qefc", typed, "/dev/null"]) { RedirectStandardInput = true }
            : new ProcessStartInfo("sh", ["-c", typed]);
        start.WorkingDirectory = ReadmeText.Root;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Ct);
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        if (start.RedirectStandardInput)
            await process.StandardInput.WriteLineAsync("y");
        await process.WaitForExitAsync(Ct);
        Assert.True(process.ExitCode == 0, $"{typed} ended with {process.ExitCode}:\n{await output}{await errors}");
        return await output;
    }

    private string Filled(string line)
    {
        var words = line.Split(' ').Select(w => w switch
        {
            "converge" => "./converge",
            "SCRIPT" => "examples/foobar/foobar.csx",
            "PATH" => _environment["CONFIG"],
            "DIR" => Path.Combine(_folder, "rendered"),
            _ => w,
        }).ToList();

        // The table of verbs leaves out what the reader has been told above it.
        if (line.StartsWith("converge ", StringComparison.Ordinal) && words[1] is "plan" or "apply" or "facts" && !words.Contains("--ssh-config"))
            words.AddRange(["--ssh-config", _environment["CONFIG"]]);

        // Where other labs are up, "the only one" is none.
        if (line is "./converge lab down" or "./converge lab status --json" && Labs.Names().Any(n => n != "foobar"))
            words.Insert(3, "foobar");
        return string.Join(' ', words);
    }

    private static async Task DownAsync()
    {
        foreach (var name in Labs.Names().Where(n => n.StartsWith("foobar", StringComparison.Ordinal)).ToList())
            await Labs.DownAsync(name, null, CancellationToken.None);
    }
}
