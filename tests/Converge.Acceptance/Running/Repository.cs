using System;
using System.IO;
using System.Runtime.CompilerServices;

namespace Converge.Acceptance.Running;

/// <summary>Where the repository is that these tests belong to.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Converge.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No Converge.sln above {here}.");
    }
}
