using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Docs.Tests.Snippets;

/// <summary>C# that stands for a script or a piece of one: compiled and run by the real loader.</summary>
internal static class ScriptSnippet
{
    // What a piece of a script takes for granted. A snippet that declares a name itself gets none of ours.
    private static readonly (string Name, string Declaration)[] _context =
    [
        ("host", "var host = Host(\"host1\", \"192.0.2.1\");"),
        ("web", "var web = Host(\"web\", \"192.0.2.20\");"),
        ("web1", "var web1 = Host(\"web1\", \"192.0.2.21\");"),
        ("web2", "var web2 = Host(\"web2\", \"192.0.2.22\");"),
        ("app", "var app = Host(\"app\", \"192.0.2.30\");"),
        ("app1", "var app1 = Host(\"app1\", \"192.0.2.31\");"),
        ("db", "var db = Host(\"db1\", \"192.0.2.41\");"),
        ("lb1", "var lb1 = Host(\"lb1\", \"192.0.2.11\", role: \"lb\");"),
        ("lb2", "var lb2 = Host(\"lb2\", \"192.0.2.12\", role: \"lb\");"),
        ("hosts", "var hosts = Hosts((\"one\", \"192.0.2.61\"), (\"two\", \"192.0.2.62\"));"),
        ("lbs", "var lbs = Hosts((\"lb1\", \"10.77.0.11\"), (\"lb2\", \"10.77.0.12\"));"),
        ("password", "var password = Secret.FromValue(\"PASSWORD\", \"a-password\");"),
        ("data", "var data = new MySqlDatabase(\"foobar\");"),
        ("pages", "var pages = new Backend(\"pages\") { Servers = { new(\"far\", \"192.0.2.99:80\") } };"),
    ];

    private static readonly (string Name, string Text)[] _filesBeside = [("app.service", "[Service]\nExecStart=/srv/app/run\n"), ("app.conf.tpl", "port = {{ port }}\n")];

    /// <summary>The fleet that it describes.</summary>
    /// <param name="text">The snippet.</param>
    /// <param name="beside">Files that earlier snippets of the same document are.</param>
    public static async Task<Fleet> RunAsync(string text, IReadOnlyDictionary<string, string> beside, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("converge-snippet.").FullName;
        try
        {
            foreach (var (name, content) in _filesBeside.Concat(beside.Select(f => (f.Key, f.Value))))
            {
                await File.WriteAllTextAsync(Path.Combine(folder, name), content, ct);
            }

            var script = Path.Combine(folder, "snippet.csx");
            await File.WriteAllTextAsync(script, InContext(text), ct);
            using var missing = Secret.AllowMissing();
            return (await new ScriptLoader(new ScriptOptions { CacheFolder = null }).LoadAsync(script, ct)).Fleet;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the described resources say against themselves.</summary>
    public static IEnumerable<string> Mistakes(Fleet fleet) =>
        fleet.Declarations.SelectMany(d => d.Resource.Mistakes().Select(m => $"{d.Resource}: {m}"));

    private static string InContext(string text)
    {
        var directives = text.Split('\n').TakeWhile(l => l.StartsWith('#') || l.Length == 0).ToList();
        var needed = _context.Where(c => Regex.IsMatch(text, $@"(?<![.\w""]){c.Name}\b(?!\s*:)") && !Regex.IsMatch(text, $@"\bvar {c.Name}\b")).Select(c => c.Declaration);

        // #load and #r come before everything else.
        return string.Join('\n', [.. directives, .. needed, .. text.Split('\n').Skip(directives.Count)]);
    }
}
