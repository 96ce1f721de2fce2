using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace Converge;

/// <summary>How <see cref="ScriptLoader"/> loads scripts.</summary>
public sealed record ScriptOptions
{
    /// <summary>What <c>--var name=value</c> gave. Default: nothing.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Assemblies of the running program that scripts may use without <c>#r</c>, besides Converge's own and .NET's.</summary>
    public IReadOnlyList<Assembly> References { get; init; } = [];

    /// <summary>Namespaces that scripts need not import, besides System, its collections and LINQ, Converge and Converge.Modules.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];

    /// <summary>Where compiled scripts are kept. Default: <c>$XDG_CACHE_HOME/converge/scripts</c>. Null: compile each time.</summary>
    /// <remarks>What is in this folder runs with the rights of whoever loads a script: it must belong to them, and others must not reach it.</remarks>
    public string? CacheFolder { get; init; } = DefaultCacheFolder();

    /// <summary>Told what takes long (<c>compiling foobar.csx …</c>) and what is amiss with the cache.</summary>
    public IProgress<string>? Progress { get; init; }

    /// <summary>For the age of cache entries. Default: the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    // The XDG base directory specification: a relative path in the variable is invalid and ignored.
    private static string? DefaultCacheFolder()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!Path.IsPathRooted(cache))
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            cache = home.Length > 0 ? Path.Combine(home, ".cache") : null;
        }

        return cache is null ? null : Path.Combine(cache, "converge", "scripts");
    }
}
