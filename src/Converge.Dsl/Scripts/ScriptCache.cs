using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using Converge.Sessions;

namespace Converge.Scripts;

/// <summary>
/// Compiled scripts on disk. An entry is code that runs with the operator's rights: only what belongs to them, and what nobody else can
/// reach, is taken. Whatever is wrong with the cache costs a compilation, never the run.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class ScriptCache
{
    private const string Extension = ".script";
    private const int MostEntries = 64;
    private const long MostBytes = 64 << 20;
    private const UnixFileMode OnlyMe = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(1);

    private readonly string _folder;
    private readonly ScriptOptions _options;

    private ScriptCache(string folder, ScriptOptions options) => (_folder, _options) = (folder, options);

    /// <summary>Null when there is no folder to be trusted; says why.</summary>
    public static ScriptCache? Open(ScriptOptions options)
    {
        if (options.CacheFolder is not { } folder)
            return null;

        try
        {
            Directory.CreateDirectory(folder, OnlyMe | UnixFileMode.UserExecute);
            var cache = new ScriptCache(folder, options);
            return cache.Secure() ? cache : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            options.Progress?.Report($"compiled scripts are not kept: {e.Message}");
            return null;
        }
    }

    /// <summary>The compiled script of this key, if there is one in order.</summary>
    public CompiledScript? TryRead(string key, string script)
    {
        var path = PathOf(key);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            if (!FileOwner.IsPrivate(file.SafeFileHandle))
                return Discard(path, $"the compiled form of {script} belongs to somebody else or is open to others: not used, compiled anew");

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            if (CacheEntry.TryRead(bytes, key) is not { } found)
                return Discard(path, $"the compiled form of {script} is damaged: compiled anew");

            File.SetLastWriteTimeUtc(file.SafeFileHandle, _options.Clock.GetUtcNow().UtcDateTime);
            return found;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _options.Progress?.Report($"the compiled form of {script} cannot be read: {e.Message}");
            return null;
        }
    }

    /// <summary>Keeps a compiled script: whole or not at all, whoever else writes at the same time.</summary>
    public void Write(string key, CompiledScript script)
    {
        try
        {
            var temporary = Path.Combine(_folder, Path.GetRandomFileName() + ".tmp");
            using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OnlyMe }))
            {
                file.Write(CacheEntry.Write(key, script));
            }

            File.Move(temporary, PathOf(key), overwrite: true);
            Prune();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _options.Progress?.Report($"compiled scripts are not kept: {e.Message}");
        }
    }

    private string PathOf(string key) => Path.Combine(_folder, key + Extension);

    private bool Secure()
    {
        if (!FileOwner.IsMine(_folder))
        {
            _options.Progress?.Report($"{_folder} belongs to somebody else: compiled scripts are neither taken from it nor kept in it");
            return false;
        }

        if (!FileOwner.IsPrivate(_folder))
        {
            _options.Progress?.Report($"{_folder} was open to others: emptied and closed (mode 0700)");
            File.SetUnixFileMode(_folder, OnlyMe | UnixFileMode.UserExecute);
            foreach (var file in new DirectoryInfo(_folder).EnumerateFiles())
            {
                file.Delete();
            }
        }

        return true;
    }

    private CompiledScript? Discard(string path, string why)
    {
        _options.Progress?.Report(why);
        File.Delete(path);
        return null;
    }

    private void Prune()
    {
        var now = _options.Clock.GetUtcNow().UtcDateTime;
        var files = new DirectoryInfo(_folder).GetFiles().OrderByDescending(f => f.LastWriteTimeUtc).ToList();
        var (kept, bytes) = (0, 0L);
        foreach (var file in files)
        {
            var superfluous = file.Extension == Extension
                ? ++kept > MostEntries || (bytes += file.Length) > MostBytes
                : now - file.LastWriteTimeUtc > AbandonedAfter;
            if (superfluous)
            {
                file.Delete();
            }
        }
    }
}
