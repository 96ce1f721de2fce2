using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Acceptance.BadInput;

/// <summary>A script in a folder of its own, given to the converge command as a user would.</summary>
internal sealed class BadScript : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("converge-bad.").FullName;

    public BadScript(string text) => File.WriteAllText(PathOf("bad.csx"), text);

    /// <summary>A file beside the script.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Runs <c>converge VERB bad.csx</c>; the text is what it wrote to both of its outputs.</summary>
    public async Task<(int ExitCode, string Text)> RunAsync(string verb, IEnumerable<string> options, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Command(), [verb, "bad.csx", .. options])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output + await error);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Command([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Converge.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder ?? throw new InvalidOperationException($"No Converge.sln above {here}."), "converge");
    }
}
