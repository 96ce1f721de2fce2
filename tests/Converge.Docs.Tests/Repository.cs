using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace Converge.Docs.Tests;

/// <summary>The files that these tests hold against the program.</summary>
internal static class Repository
{
    /// <summary>The folder of Converge.sln.</summary>
    public static string Root { get; } = Find();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Converge.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No Converge.sln above {here}.");
    }
}
