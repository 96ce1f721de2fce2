using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Tasks;
using Converge.Graph;

namespace Converge.Testing;

/// <summary>
/// Every file that a fleet would have written, by host and path, without touching a host: secrets as <c>***</c>, facts as <c>‹name›</c> unless
/// they are given. For snapshot tests and <c>converge render</c>.
/// </summary>
/// <example>
/// <code>
/// var files = RenderedFleet.FromFleet(fleet);
/// await Verifier.Verify(files["lb1", "/etc/haproxy/haproxy.cfg"]);
/// </code>
/// </example>
public sealed class RenderedFleet : IReadOnlyList<RenderedHostFile>
{
    private readonly IReadOnlyList<RenderedHostFile> _files;

    private RenderedFleet(IReadOnlyList<RenderedHostFile> files) => _files = files;

    /// <inheritdoc/>
    public int Count => _files.Count;

    /// <inheritdoc/>
    public RenderedHostFile this[int index] => _files[index];

    /// <summary>The text of one file.</summary>
    /// <exception cref="ConvergeException">No such file is written; the message lists those that are.</exception>
    public string this[string host, string path] =>
        _files.FirstOrDefault(f => f.Host == host && f.Path == path)?.Text
        ?? throw new ConvergeException($"no resource writes {path} on {host}", $"Written are:\n    {string.Join("\n    ", _files.Select(f => $"{f.Host} {f.Path}"))}");

    /// <summary>Renders a fleet.</summary>
    /// <param name="fleet">As described.</param>
    /// <param name="facts">Recorded facts by host name, for content that depends on them. Null, or a host without: facts show as named holes.</param>
    /// <exception cref="ScriptException">With every mistake of the fleet.</exception>
    public static RenderedFleet FromFleet(Fleet fleet, IReadOnlyDictionary<string, HostFacts>? facts = null) => FromGraph(FleetGraph.Build(fleet), facts);

    /// <summary>Renders the fleet of a script; secrets that are not set are no mistake.</summary>
    /// <param name="path">A <c>.csx</c> file; relative to the source file that calls this.</param>
    /// <param name="variables">What <c>--var</c> would give. Null: nothing.</param>
    /// <param name="facts">See <see cref="FromFleet"/>.</param>
    /// <param name="callerFile">Filled in by the compiler.</param>
    /// <exception cref="ScriptException">With every mistake of the script and its fleet.</exception>
    public static async Task<RenderedFleet> FromScriptAsync(
        string path, IReadOnlyDictionary<string, string>? variables = null, IReadOnlyDictionary<string, HostFacts>? facts = null, [CallerFilePath] string callerFile = "")
    {
        using var missing = Secret.AllowMissing();
        var loader = new ScriptLoader(new ScriptOptions { Variables = variables ?? new Dictionary<string, string>() });
        var script = await loader.LoadAsync(new SourceLocation(callerFile, 0).PathBeside(path)).ConfigureAwait(false);
        return FromGraph(FleetGraph.Build(script.Fleet), facts);
    }

    /// <summary>Renders a fleet whose graph has been built.</summary>
    /// <param name="graph">Expanded and checked.</param>
    /// <param name="facts">See <see cref="FromFleet"/>.</param>
    public static RenderedFleet FromGraph(FleetGraph graph, IReadOnlyDictionary<string, HostFacts>? facts = null)
    {
        var order = graph.Fleet.Hosts.Select((host, index) => (host, index)).ToDictionary(h => h.host, h => h.index);
        var files = graph.Nodes.SelectMany(node => node.Resource.Renders.Select(file => (node.Host, File: file)));
        return new RenderedFleet([.. files
            .OrderBy(f => order[f.Host]).ThenBy(f => f.File.Path, System.StringComparer.Ordinal)
            .Select(f => new RenderedHostFile(f.Host.Name, f.File.Path, f.File.Content.Render(facts?.GetValueOrDefault(f.Host.Name))))]);
    }

    /// <summary>The files of one host, or of all, as <see cref="Verifier"/> takes them: <c>lb1 /etc/haproxy/haproxy.cfg</c> → text.</summary>
    public IReadOnlyDictionary<string, string> Texts(string? host = null) =>
        _files.Where(f => host is null || f.Host == host).ToDictionary(f => $"{f.Host} {f.Path}", f => f.Text);

    /// <inheritdoc/>
    public IEnumerator<RenderedHostFile> GetEnumerator() => _files.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>One file that would be written.</summary>
/// <param name="Host">Name of the host.</param>
/// <param name="Path">Absolute path on the host.</param>
/// <param name="Bytes">What may be shown of its content.</param>
public sealed record RenderedHostFile(string Host, string Path, System.ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The bytes as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);
}
