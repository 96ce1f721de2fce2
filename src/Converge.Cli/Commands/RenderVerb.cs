using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Cli.Output;
using Converge.Testing;

namespace Converge.Cli.Commands;

/// <summary><c>converge render</c>: every file that would be written, as files of this machine.</summary>
internal sealed class RenderVerb : ScriptVerb
{
    private readonly Option<string> _folder;

    private RenderVerb(Surroundings surroundings, CommonOptions options, Option<string> folder)
        : base(surroundings, options) => _folder = folder;

    public static Command Create(Surroundings surroundings)
    {
        var verb = new Command("render", "Write the files of all hosts to DIR/HOST/PATH, secrets as ***; touches no host");
        var options = new CommonOptions();
        var folder = new Option<string>("--out") { HelpName = "DIR", Description = "Where to write them; files that are there are replaced", Required = true };
        verb.Options.Add(folder);
        options.AddScriptTo(verb);
        options.AddSelectorTo(verb);
        verb.SetAction((parsed, ct) => new RenderVerb(surroundings, options, folder).RunAsync(parsed, ct));
        return verb;
    }

    protected override async Task<int> RunAsync(RunSettings settings, IRunOutput output, ParseResult parsed, CancellationToken ct)
    {
        using var missing = Secret.AllowMissing();
        var graph = await LoadAsync(settings, output, ct);
        var selected = SelectedHosts(settings, graph)?.Select(h => h.Name).ToHashSet();
        var files = RenderedFleet.FromGraph(graph).Where(f => selected?.Contains(f.Host) ?? true).ToList();
        var folder = parsed.GetRequiredValue(_folder);
        var targets = files.Select(file => (File: file, Target: Below(folder, file))).ToList();
        foreach (var (file, target) in targets)
        {
            await WriteAsync(target, file.Bytes, ct);
            output.Tell($"{target}\n", "rendered", json =>
            {
                json.WriteString("host", file.Host);
                json.WriteString("path", file.Path);
                json.WriteString("file", target);
            });
        }

        var hosts = files.Select(f => f.Host).Distinct().Count();
        output.Finished($"Rendered {files.Count} files of {PlanText.Hosts(hosts)}", new Summary { Hosts = hosts, Duration = Elapsed }, ExitCode.Done);
        return ExitCode.Done;
    }

    /// <exception cref="ConvergeException">The path climbs out of the folder.</exception>
    private static string Below(string folder, RenderedHostFile file)
    {
        var root = Path.Combine(folder, file.Host);
        var target = Path.Combine(root, file.Path.TrimStart('/'));
        var inside = Path.GetFullPath(target).StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return inside ? target : throw new ConvergeException($"{file.Path} of {file.Host} leads out of {folder}", "Give the file a path without '..'.");
    }

    private static async Task WriteAsync(string target, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, bytes, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConvergeException($"{target} cannot be written: {e.Message}", null, e);
        }
    }
}
