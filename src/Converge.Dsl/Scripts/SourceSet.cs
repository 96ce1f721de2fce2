using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Converge.Scripts;

/// <summary>
/// A script with all that it loads, read once: the cache key is made of the same bytes that are compiled, and making it needs no compiler.
/// </summary>
internal sealed class SourceSet
{
    private readonly Dictionary<string, byte[]?> _sources = [];
    private readonly Dictionary<string, byte[]?> _libraries = [];

    private SourceSet(string main) => Main = main;

    /// <summary>Absolute path of the script that was asked for.</summary>
    public string Main { get; }

    /// <summary>Absolute paths of the script and of every file that it <c>#load</c>s, with their bytes; null where there is none to read.</summary>
    public IReadOnlyDictionary<string, byte[]?> Sources => _sources;

    /// <summary>Absolute paths that <c>#r</c> names, with the files' bytes; null where there is none to read.</summary>
    public IReadOnlyDictionary<string, byte[]?> Libraries => _libraries;

    /// <summary>Both.</summary>
    public IReadOnlyDictionary<string, byte[]?> All => _sources.Concat(_libraries).DistinctBy(f => f.Key).ToDictionary();

    /// <summary>Reads a script and what it names.</summary>
    /// <exception cref="ScriptException">The script itself cannot be read.</exception>
    public static SourceSet Read(string path)
    {
        var set = new SourceSet(Path.GetFullPath(path));
        set.Add(set.Main, ReadScript(path));
        return set;
    }

    /// <summary>Where a path that a script names leads to.</summary>
    public static string Resolve(string path, string namedIn) => Path.GetFullPath(path, Path.GetDirectoryName(namedIn)!);

    /// <summary>The text of a source; UTF-8 unless it begins with another encoding's mark.</summary>
    public string Text(string path)
    {
        using var reader = new StreamReader(new MemoryStream(_sources[path]!), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private void Add(string path, byte[]? bytes)
    {
        _sources.Add(path, bytes);
        if (bytes is null)
            return;

        foreach (var (isLoad, named) in Directives.Find(Text(path)))
        {
            var target = Resolve(named, path);
            if (isLoad && !_sources.ContainsKey(target))
            {
                Add(target, TryRead(target));
            }
            else if (!isLoad && !_libraries.ContainsKey(target))
            {
                _libraries.Add(target, TryRead(target));
            }
        }
    }

    // The compiler reports what is missing, at the directive that names it.
    private static byte[]? TryRead(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static byte[] ReadScript(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScriptException([Unreadable(path, e)]);
        }
    }

    private static Mistake Unreadable(string path, Exception error)
    {
        if (Directory.Exists(path))
            return new Mistake($"{path} is a folder") { Remedy = $"Name the script in it: {Scripts(path).FirstOrDefault() ?? "one that ends in .csx"}" };

        if (error is not (FileNotFoundException or DirectoryNotFoundException))
            return new Mistake($"script {path} cannot be read: {error.Message}");

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return new Mistake($"there is no script {path}") { Remedy = Spelling.Suggest(Path.GetFileName(path), Scripts(folder).Select(s => Path.GetFileName(s)!)) };
    }

    private static IEnumerable<string> Scripts(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.csx").Order(StringComparer.Ordinal) : [];
}
